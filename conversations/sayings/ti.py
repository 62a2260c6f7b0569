"""Tigrinya, with some Amharic words that are used beside it, and in Latin letters. A native speaker
must review it."""

from conversations.sayings.ways import Sayings

SAYINGS = Sayings(
    yes="""እወ | ሕራይ | ኦኬ | ኦኬይ | እወ በጃኹም | እወ የቐንየለይ | እወ ይደሊ | ይደሊ እየ | እወ ይደሊ እየ | እሺ
        | እወ እወ | ጸገም የለን | እሞ ሕራይ | አዎ
        | ewe | uwe | iwe | ewwe | ewe yekenyeley | hrai | hirai | hiray | eshi""",
    no="""ኣይ | ኣይፋል | ኣይፋልን | ኣይኮነን | ኣይደልን | ኣይደልን እየ | ኣይኮነን የቐንየለይ
        | ኣይፋልን የቐንየለይ | ኣየድልን | ኣየድልየንን | ኖ | ኣይደልን የቐንየለይ | አይደለም | አይ
        | aykonen | aykonn | aikonen | ayfal | ayfalun | aifalun | ayfalin | aydelin | aidelin
        | aydelin eye""",
    skip="ምንም | ዋላ ሓንቲ | ዋላ ሓደ",
    thanks="""የቐንየለይ | የቐንየልና | ብዙሕ የቐንየለይ | ኣመስግን | ኣመስግን ኣለኹ | የመስግነኩም
        | yekenyeley | yeqenyeley | yekenielei""",
    help="""ሓገዝ | ሓግዙኒ | ሓገዝ የድልየኒ | ሓገዝ እደሊ | ሓገዝ ይደሊ | ሓገዝ ይደሊ እየ | ሓገዝ የድልየኒ ኣሎ
        | ሓግዙኒ በጃኹም | ረድኡኒ | hagez | hagez yedlyeni | hagezuni""",
    good="""ጽቡቕ | ጽቡቕ ኣሎ | ደሓን | ብጣዕሚ ጽቡቕ | ጽቡቕ እዩ | ደሓን እየ | ደሓን ኣለኹ | ጽቡቕ ኣለኹ
        | ኩሉ ጽቡቕ | ጽቡቕ ይኸይድ ኣሎ | ተመስገን | ጽቡቅ
        | tsbuk | tsbuq | tsebuk | tsibuk | tsebuq | dehan | dehan iye""",
    so_so="ማእከላይ | ዘይከፍእ | ቁሩብ ደሓን | ቁሩብ ጽቡቕ | ክንድኡ ኣይኮነን | kurub dehan | qurub dehan",
    not_good="""ጽቡቕ ኣይኮነን | ሕማቕ | ኣይጽቡቕን | ሕማቕ እዩ | ብጣዕሚ ሕማቕ | ጽቡቕ ኣይኮንን | ሕማቕ ኣሎ
        | ጽቡቕ የለን | ጽቡቅ ኣይኮነን | tsbuk aykonen | tsbuq aykonen | tsebuk aykonen | hmak""",
    job_lost="""ስራሕ የብለይን | ስራሕ ኣቋሪጸ | ካብ ስራሕ ተባሪረ | ሕጂ ስራሕ የብለይን | ስራሕ ገዲፈ | ኣይሰርሕን እየ
        | ሕጂ ኣይሰርሕን እየ | ስራሕ ጠፊኡኒ | ካብ ስራሕ ተሰናቢተ | srah yebleyn | srah yebleyin""",
    work="ስራሕ | ስራሐይ | ብዛዕባ ስራሕ | ናይ ስራሕ | ኣብ ስራሕ | ሓላፊየይ | srah | sirah | serah",
    money="""ገንዘብ | ዕዳ | ክራይ | ገንዘብ ወይ ዕዳ | ናይ ገንዘብ | ቅርሺ | ብር | ናይ ገዛ ክራይ | ሸልማት
        | genzeb | gnzeb | eda | kray""",
    home="""ገዛ | ቤት | ስድራቤት | ቆልዑ | ገዛ ወይ ስድራቤት | ስድራ | ቤተሰብ | ደቀይ | ስድራይ | ቤተሰበይ
        | geza | sdrabet | beteseb""",
    health="""ጥዕና | ሕማም | ሓሚመ | ጥዕና ወይ ስምዒተይ | ጥዕናይ | ስምዒት | ስምዒተይ | ሕሙም እየ | ሓሚመ ኣለኹ
        | ጭንቀት | tena | tiena | himam""",
    letters="""ደብዳቤ | ደብዳቤታት | ቅጥዕታት | ደብዳበ | ደብዳበታት | ፎርም | ደብዳበን ፎርምን | ደብዳቤን ፎርምን | ቅጥዒ
        | ወረቐት | ወረቓቕቲ | debdabe | form""",
    other="ካልእ | ካልእ ነገር | ብዛዕባ ካልእ ነገር | ካልእ ጉዳይ | kale | kalie",
    numbers="""ሓደ ቀዳማይ hade | ክልተ ካልኣይ kilte | ሰለስተ ሳልሳይ seleste | ኣርባዕተ ራብዓይ arbaete
        | ሓሙሽተ ሓሙሻይ hamushte | ሽዱሽተ ሻዱሻይ shudushte""",
    around_a_number="ቁጽሪ | መልሲ | ምርጫ | kutsri",
    and_="ን | ከምኡውን | ድማ",
)
