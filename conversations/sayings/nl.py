"""Dutch."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""ja | jaa | jaaa | j | jep | ja graag | jazeker | ja hoor | ja hoor graag | ja is goed
        | ja prima | ja dat is goed | dat is goed | is goed | prima | oke | ok | okay | ja oke
        | ja ok | graag | zeker | ja dat wil ik | dat wil ik | ja doe maar | doe maar | ja zeker
        | tuurlijk | natuurlijk | ja natuurlijk | ja aub | klopt | ja klopt | oké | jawel | ja ja
        | ja alstublieft | ja alsjeblieft | ja fijn""",
    no="""nee | neen | n | nee bedankt | nee dank je | nee dank u | nee dankjewel | nee hoor
        | nee liever niet | liever niet | niet | nee niet | nee nu niet | nee nee | hoeft niet
        | nee hoeft niet | niet nodig | nee niet nodig | nope | nee dank je wel | nee dank u wel""",
    skip="overslaan | niks | niets | geen zin",
    thanks="""dank | dank je | dank u | dank je wel | dank u wel | dankje | dankjewel | dankuwel
        | bedankt | oke bedankt | ok bedankt | oke dank je | ok dank je | top | super | fijn | mooi
        | heel erg bedankt | hartelijk dank | top bedankt | super bedankt | tot ziens | doei
        | bedankt hoor | dankjewel hoor | dank je wel hoor | fijn bedankt""",
    help="""hulp | help mij | ik heb hulp nodig | ik wil hulp | hulp nodig | hulp graag
        | graag hulp | hulp aub | ik zoek hulp""",
    good="""goed | heel goed | gaat goed | het gaat goed | goed hoor | prima | het gaat prima
        | gaat prima | alles goed | super | top | fijn | mooi | perfect | uitstekend | lekker
        | gaat lekker | het gaat heel goed | het gaat goed hoor | gaat goed hoor | alles prima
        | helemaal goed | goed bedankt | goed dank je""",
    so_so="""gaat wel | het gaat wel | gaat wel hoor | matig | gaat | het gaat | mwah | mwoah
        | zo zo | gaat wel redelijk | redelijk""",
    not_good="""niet goed | het gaat niet goed | gaat niet goed | niet zo goed | slecht
        | het gaat niet zo goed | heel slecht | het gaat slecht | gaat slecht | niet lekker
        | gaat niet zo goed | kut | klote""",
    job_lost="""ik werk niet meer | werk niet meer | ik ben ontslagen | ontslagen
        | geen werk meer | ik heb geen werk meer | ik ben mijn baan kwijt | baan kwijt
        | contract gestopt | ik ben mn baan kwijt | ik ben mijn werk kwijt | werkloos
        | ik ben werkloos""",
    work="werk | mijn werk | op het werk | baas | mijn baas | over werk",
    money="""geld | schulden | schuld | geld of schulden | geldzaken | huur | de huur
        | rekeningen | geldproblemen | toeslagen""",
    home="thuis | familie | thuis of familie | gezin | kinderen | mijn kinderen | huis",
    health="""gezondheid | gezondheid of hoe ik me voel | hoe ik me voel | ziek | ik ben ziek
        | stress""",
    letters="brieven | formulieren | brieven en formulieren | brief | formulier | digid",
    other="iets anders | anders | wat anders | over iets anders",
    numbers="een eerste | twee tweede | drie derde | vier vierde | vijf vijfde | zes zesde",
    around_a_number="optie | nummer | nr | keuze | antwoord | de",
    and_="en | en ook | ook",
)
