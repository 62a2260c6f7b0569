"""Somali. A native speaker must review it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""haa | haye | haa fadlan | waan rabaa | hubaal | haah | haaa | haa waan rabaa
        | haa mahadsanid | waa yahay | waayahay | haa waa yahay | haa haa | dabcan
        | waan ogolahay | waan aqbalay""",
    no="""maya | may | ma rabo | maya mahadsanid | maaya | maya ma rabo | mayo | uma baahni
        | maya uma baahni | ma doonayo | maya fadlan | ma ogoli""",
    skip="waxba | waxba ma jiro | ka bood",
    thanks="""mahadsanid | waad mahadsan tahay | aad baad u mahadsan tahay | waad ku mahadsan tahay
        | mahadsanidiin | aad ayaad u mahadsan tahay | mahad""",
    help="""caawimaad | caawimo | i caawi | caawi | waxaan u baahanahay caawimaad | caawin
        | gargaar | i caawiya | caawimaad baan rabaa | caawimo ayaan rabaa | fadlan i caawi
        | waxaan rabaa caawimaad | waxaan rabaa caawimo | waxaan u baahanahay caawimo""",
    good="""fiican | waa fiican | si fiican | wanaagsan | aad u fiican | waa fiicanahay
        | waan fiicanahay | way fiican tahay | waa fiican tahay | alxamdulillah | alxamdulilaah
        | si wanaagsan | waa hagaagsan | wey fiican tahay""",
    so_so="""waa dhexdhexaad | caadi | dhexdhexaad | iska caadi | waa caadi | waa iska caadi
        | ma xuma""",
    not_good="""ma fiicna | xun | waa xun | si fiican ma aha | ma fiicni | ma wanaagsana | si xun
        | aad u xun | ma fiicnayn | waa xumahay""",
    job_lost="""ma shaqeeyo hadda | shaqada waa la iga eryay | shaqadii waan waayay
        | hadda ma shaqeeyo | ma shaqeeyo | shaqo ma haysto | shaqada waan waayay
        | shaqadii waa la iga eryay | shaqo la aan | shaqadii way dhammaatay | shaqo malihi""",
    work="""shaqo | shaqada | shaqadayda | ku saabsan shaqada | goobta shaqada | shaqadeyda""",
    money="""lacag | deyn | kiro | kirada | lacag ama deyn | lacagta | dayn | deymo | biilal
        | lacag ama dayn""",
    home="guri | guriga | qoys | qoyska | carruur | guri ama qoys | reerka | carruurta | caruur",
    health="""caafimaad | caafimaadka | xanuun | caafimaad ama dareen | dareen | dareenka | jirro
        | waan jirranahay | waan xanuunsanahay | buka""",
    letters="""warqad | warqado | foomam | warqado iyo foomam | warqadaha | foom | waraaqo
        | waraaqaha | foomamka""",
    other="wax kale | ku saabsan wax kale | arrin kale | mid kale | waxkale",
    numbers="""kow hal mid koowaad | laba labaad | saddex sadex saddexaad | afar afraad
        | shan shanaad | lix lixaad""",
    around_a_number="lambarka | lambar | jawaab | jawaabta | nambar",
    and_="iyo | sidoo kale",
)
