"""Dutch."""

SUICIDE = (
    r"zelf ?moor[dt]\w*",
    r"self ?moord\w*",
    r"zelf ?dod\w+",
    r"su[iy][cs][iy]?[ie]?d\w*",
    r"(?:me ?zelf|mij ?zelf|mijn eigen|mn eigen|me eigen|mijzelve|me"
    r"|mij) (?:zelf )?(?:van kant|op ?(?:te )?hangen|(?:iets|wat) aan ?(?:te )?doen"
    r"|verdrinken|verzuipen|dood ?(?:te )?maken|afmaken|af te maken|doodschieten"
    r"|kapot maken)",
    r"(?:maak|hang|schiet|steek) (?:me ?zelf|mij ?zelf|mijn eigen|mn eigen|me eigen"
    r"|mijzelve|me|mij) (?:zelf )?(?:af|dood|op|van kant|kapot)\b",
    r"(?:doe|deed) (?:me ?zelf|mij ?zelf|mijn eigen|mn eigen|me eigen|mijzelve|me"
    r"|mij) (?:zelf )?(?:iets|wat) aan",
    r"snij\w* (?:me ?zelf|mij ?zelf|mijn eigen|mn eigen|me eigen|mijzelve|me|mij)",
    r"(?:me ?zelf|mij ?zelf|mijn eigen|mn eigen|me eigen|mijzelve|me"
    r"|mij) (?:weer )?(?:snijden|gesneden heb)",
    r"een einde? (?:aan )?(?:mijn|m.?n|me|dit|het) leven",
    r"einde? maken aan (?:mijn|m.?n|me|alles)",
    r"er ?(?:een |n )?einde? (?:van|aan) (?:\w+ ){0,2}?(?:te )?(?:maken|maak)",
    r"maak er (?:\w+ )?(?:een |n )?einde? aan",
    r"(?:niet|nie|ni|nooit) (?:meer|mr|mer|langer) (?:willen |wil |te )?(?:leven?|verder leven"
    r"|wakker (?:te )?worden|bestaan)",
    r"(?:nooit|niet) meer wakker (?:word|worden|werd)",
    r"wil (?:gewoon |echt )?(?:niet|nie) (?:leven|bestaan)",
    r"stop(?:pen)? (?:met )?leven",
    r"leef liever niet",
    r"hoeft (?:voor mij |van mij )?niet meer te leven",
    r"hoef niet meer te leven",
    r"(?:wi*l+|wul|wou|wilde)(?: (?!niet\b)\w+){0,3} (?:doo?[dt]|doodt)(?: ?gaan)?\b",
    r"dood ?(?:willen|wil)\b",
    r"ga dood (?:vannacht|vanavond)",
    r"(?:wil|wou|zou) (?:\w+ ){0,2}(?:sterven|doodgaan|dood gaan)\b",
    r"(?:liever|beter|was|had|als|wou dat|wenste dat"
    r"|wens dat) (?:ik )?(?:\w+ )?dood(?: (?:was|ben|zijn))?\b(?! (?:op|moe|gewoon|normaal"
    r"|saai|ziek))",
    r"(?:geen|niet) zin (?:meer )?(?:in|om) (?:het |mijn |te |verder te )?lev\w+",
    r"geen zin meer in het leven",
    r"leven (?:heeft|hoeft|is)(?: echt)? (?:voor mij |van mij )?(?:geen zin meer|zinloos"
    r"|niet meer)",
    r"(?:iedereen|ze|jullie|mijn \w+|me \w+|hij|zij) (?:is |zijn )?beter (?:af )?(?:zonder"
    r"|zonde) (?:mij|me)",
    r"(?:wil|kan|mag) er (?:gewoon |beter |liever )?niet meer zijn",
    r"als ik er (?:straks |morgen )?niet meer ben",
    r"(?:uit het|uit mijn) leven (?:wil )?(?:te )?stap\w*",
    r"levensmoe",
    r"(?:snij|snijd|kras|sneed)\w* (?:\w+ )?in (?:mijn|mn|m'n|me) (?:arm|pols|been|benen|huid)\w*",
    r"waarom (?:leef|besta) ik (?:nog|eigenlijk)",
    r"afscheidsbrief",
    r"(?:voor|van) (?:(?:de|een|n|het) )?(?:trein|metro|dak|flat|brug|balkon"
    r"|spoor) (?:\w+ )?(?:ga )?(?:te )?spring\w*",
    r"spring\w* (?:\w+ )?(?:voor|van) (?:(?:de|een|n|het) )?(?:trein|metro|dak|flat|brug"
    r"|balkon|spoor)",
    r"onder (?:de|een) trein",
    r"(?:het|t|alles|niks|niets|leven) (?:heeft|heef|hef) (?:voor mij |voor me |allemaal "
    r"|echt |gewoon |toch )*geen (?:zin|nut) meer(?: voor (?:mij|me))?$",
    r"(?:het|t|alles|niks|niets|leven) (?:heeft|heef|hef) (?:voor mij |voor me |allemaal "
    r"|echt |gewoon |toch )*geen (?:zin|nut) meer (?:ik (?:wil|kan) (?:echt )?(?:niet|nie)|ik"
    r" ben moe|zonder)",
    r"leven (?:heeft|hoeft|heef) (?:voor (?:mij|me) )?(?:geen|niet) (?:zin|nut|doel|waarde)",
    r"(?:heb )?geen (?:reden|kracht|moed) (?:meer )?om (?:\w+ )?te leven",
    r"(?:beter|gelukkiger|fijner|rustiger|blijer) (?:af |uit )?(?:(?:zijn|is|zou|was)"
    r" )*(?:zonder|zonde) (?:mij|me|mn)\b",
    r"zonder (?:mij|me) (?:is|zijn|hebben|heeft|zou\w*) (?:\w+ ){0,4}(?:beter|gelukkiger"
    r"|makkelijker|rustiger)",
    r"niemand (?:zal|gaat|zou) (?:mij|me) (?:\w+ )?missen",
    r"tot last (?:\w+ ){0,4}(?:verdwijn|weg ben|dood|er niet)",
    r"(?:pillen|tabletten|paracetamol\w*|slaappillen|strips|oxazepam|insuline|medicijnen"
    r"|touw) (?:\w+ ){0,3}(?:klaar ?(?:liggen|gelegd|staan|ligt)|op ?gespaard|bij elkaar"
    r" gespaard)",
    r"(?:pillen|tabletten|slaappillen|touw) (?:ligt|liggen) (?:\w+ ){0,2}klaar",
    r"hoeveel (?:paracetamol\w*|pillen|slaappillen|insuline|medicijnen|tabletten|\w+pam)\b(?:"
    r" \w+){0,4} (?:dodelijk|te ?veel|dood|teveel)",
    r"laatste (?:berichtje?|appje|app|sms\w*) (?:\w+ ){0,6}(?:zorg goed|vaarwel|houd? van"
    r"|vergeef|spijt)",
    r"zorg goed voor (?:mijn|me|mn|m'n) (?:kind\w*|zoon\w*|dochter\w*|moeder|vrouw|man|kat"
    r"|hond)",
    r"zeg (?:tegen |aan )?(?:mijn|me|mn) \w+ dat (?:ik van|het me spijt|het mij spijt)",
    r"vaarwel\b",
    r"afscheids ?(?:bericht|app|mail|video)\w*",
    r"(?:k?zie|zien|heb|weet) (?:\w+ ){0,2}geen (?:andere )?uit ?weg(?: meer)?\b(?! (?:uit|met"
    r"|voor|in) )",
    r"(?:zie|is|heb) (?:\w+ ){0,2}(?:een|1|enige) uit ?weg$",
    r"(?:auto|bus|tram|vrachtwagen|trein) (?:\w+ ){0,3}(?:me|mij) (?:\w+ ){0,2}(?:raakt?|dood"
    r" ?rijdt?|over ?rijdt?)\b",
    r"(?:stuur|rij|rijd|fiets|loop|stap) (?:\w+ ){0,4}(?:tegen een boom|onder (?:een|die|de)"
    r" (?:vrachtwagen|trein|bus|tram|metro))",
    r"(?:slapen|inslapen) (?:\w+ ){0,3}(?:nooit|niet|nie) meer (?:\w+ )?(?:wakker|opstaan|op"
    r" staan)",
    r"(?:hoop|wou|wens|wilde) (?:\w+ ){0,3}in (?:mijn|me|mn|m'n) slaap (?:\w+ )?(?:ga|dood"
    r"|sterf|sterven|overlijd)",
    r"(?:ik wil|wil ik|wou dat ik|kon ik|beter als ik|liever) (?:gewoon |echt |maar |soms "
    r"|graag |helemaal |voorgoed |het liefst )*verdwijn\w*(?! naar)",
    r"verdwijn\w* (?:\w+ )?(?:voorgoed|voor altijd)",
    r"weg zijn voor (?:altijd|goed)",
    r"(?:moe|klaar|zat|beu) (?:van|met) (?:het |mijn |me |mn )?leven\b(?! (?:van|op|in|met"
    r"|als))",
    r"(?:ben|heb) (?:het |mijn )?leven (?:\w+ )?(?:moe|zat|beu)\b",
    r"(?:mij\w*|mn|me|m'n) leven is (?:klaar|voorbij|over|afgelopen)\b",
    r"(?:punt|streep) (?:er )?(?:achter|onder) (?:achter )?(?:alles|het leven|mijn leven|me"
    r" leven)",
    r"(?:sta|zit|loop) (?:\w+ )?(?:op|bij|langs) (?:het |de |een )?(?:perron|spoor|rails|brug"
    r"|dak|rand|reling)\b.{0,40}(?:spring|stap|vaarwel|eraf|genoeg)",
    r"(?:mezelf|me ?zelf|mij ?zelf) (?:\w+ ){0,3}(?:gesneden|gekrast|verwond)\b(?! (?:aan|met"
    r"|bij|tijdens|op))",
    r"zelf ?(?:verwond|beschadig)\w*",
    r"waar(?:voor|om) (?:zou ik|leef ik) (?:\w+ )?(?:leven|eigenlijk|nog)",
    r"(?:als|dat|was) ik er (?:maar |straks |morgen |gewoon )?niet meer (?:ben|was|zou zijn)",
    r"ik ?wi*l+ (?:\w+ ){0,2}doo?[dt]\b(?! (?:op|moe))",
    r"nooit geboren (?:was|had|ben)",
    r"(?:van|uit) (?:het |dit )leven af",
    r"(?:zich|zichzelf|haarzelf|hemzelf) (?:\w+ )?(?:van kant|op ?hangen|ophangt|iets aan|wat"
    r" aan|snijdt?|doden)\b",
    r"snijdt? (?:zich|zichzelf)\b",
    r"ik (?:ga springen|spring zo)$",
    r"touw (?:gekocht|gepakt)",
    r"poging (?:gedaan|ondernomen|tot zelf\w*)",
    r"(?:genoeg|lang genoeg) geleefd",
    r"(?:plan|manier|klaar) (?:\w+ )?om te sterven",
    r"denk (?:\w+ ){0,3}aan (?:de )?dood(?: ?gaan)?\b",
    r"(?:doe|deed|doen) (?:mezelf|me ?zelf|mij ?zelf|mijn eigen) pijn",
    r"(?:mezelf|me ?zelf|mij ?zelf|mijn eigen) pijn (?:te )?doen",
    r"verwond (?:mezelf|me ?zelf|mij ?zelf|mijn eigen)",
    r"kras\w* (?:mijn|me|mn) (?:arm|been|benen|pols)\w*",
    r"einde? aan (?:maak|maakt|te maken)\b",
    r"er (?:echt |misschien )?niet meer (?:wil|willen|mogen|te) zijn",
    r"ben ik er (?:misschien |straks |morgen |volgende week |binnenkort )+niet meer",
    r"ben er (?:straks|binnenkort|volgende week|toch binnenkort) niet meer",
    r"(?:hou|houd) (?:me|mij) tegen",
    r"iemand (?:me|mij) tegen ?houden",
    r"het leven (?:\w+ )?(?:niet|nie) meer zitten",
    r"(?:zin|nut) (?:meer )?(?:in|van|om) (?:het |te |mijn )?(?:leef|leven)\b(?! (?:hier|in"
    r" nederland))(?<!zin in leven)",
    r"(?:bid|hoop) (?:\w+ ){0,4}(?:niet|nie) (?:meer )?(?:word )?wakker",
    r"(?:kanaal|water|sloot|pijler)\b(?: \w+){0,5} (?:stuur|rij|spring|loop) (?:ik )?(?:er"
    r" )?(?:maar |niet )?(?:in|tegen)\b",
    r"(?:gister\w*|weer|heb|vandaag) (?:\w+ ){0,3}op (?:de|het) (?:brug|spoor|dak) (?:\w+"
    r" ){0,3}gestaan(?!.{0,25}(?:file|open|vertraging|werk))",
    r"(?:pillen|medicijn\w*|tabletten) (?:\w+ ){0,3}(?:in een keer|allemaal in een)",
    r"(?:drink|neem|slik) (?:ik )?al(?:le|lemaal) (?:de |mijn )?(?:pillen|medicijn\w*"
    r"|tabletten)",
    r"genoeg pillen",
    r"dan (?:maar|liever) dood",
    r"ik ga dood (?:en|serieus|vandaag|vannacht|straks)",
    r"(?:heb|ga|al|net) (?:\w+ )?113\b",
    r"113 (?:\w+ )?gebeld",
    r"(?:niet|nie) (?:zo )?(?:verder|door) ?leven",
    r"kap(?:pen)? met (?:leven|ademen)",
    r"(?:niet|nie) (?:kan|wil) (?:\w+ )?leven\b",
    r"(?:rust|slapen) voor (?:altijd|eeuwig)",
    r"geen (?:last|zorgen) meer van (?:mij|me)\b",
    r"dood (?:is )?(?:goed|beter)$",
    r"(?:weg van|uit) (?:de |deze )wereld\b",
    r"stemmen zeggen (?:\w+ ){0,3}(?:spring|dood|moet)",
    r"(?:hoef|hoeft|wil) (?:ik )?(?:niet|nie) meer (?:verder|door)$",
    r"ik hoef niet meer zo$",
    r"zoek (?:me|mij) niet\b",
    r"stap\w* (?:er ?uit|eruit) (?:vannacht|vanavond|uit het leven)",
    r"(?:er ?uit|eruit) (?:te )?stappen uit (?:het|dit) leven",
    r"(?:mezelf|me ?zelf|mij ?zelf|mijn eigen) (?:\w+ ){0,2}(?:dood ?maken|doden|op ?hangen"
    r"|verdrinken|van kant maken)",
    r"(?:mezelf|me ?zelf|mij ?zelf|mijn eigen) (?:van|voor) (?:de|het|een) \w+ (?:af )?(?:te"
    r" )?(?:gooien|storten)",
    r"ni(?:ks|ets) (?:meer )?om voor te leven",
    r"in (?:haar|zijn) (?:arm|armen|pols\w*|benen) (?:gesneden|gekrast|snijdt)",
    r"leven is (?:een )?hel (?:\w+ )?(?:ik wil|wil|ik kan)",
    r"(?:naar|bij) (?:hem|haar|\w+) (?:toe )?in de hemel",
    r"(?:stopt|ophoudt) (?:alles |allemaal )?voor (?:altijd|eeuwig)",
    r"(?:kat|hond) (?:weggebracht|weggedaan) (?:\w+ ){0,4}(?:goed zo|dag|vaarwel)",
)
EMERGENCY = (
    r"hart ?aan?val",
    r"hart ?stil ?stand",
    r"beroerte",
    r"hersenbloeding",
    r"bewust ?eloos",
    r"buiten (?:bewustzijn|westen)",
    r"niet (?:meer )?bij (?:kennis|bewustzijn)",
    r"(?:word|wordt|werd) (?:\w+ )?(?:niet|nie) (?:meer )?wakker",
    r"(?:ligt|lag|gevallen|ingezakt|flauw|vader|moeder|man|vrouw|zoon|dochter|baby|collega)\b"
    r"(?: \w+){0,4} reageert? (?:niet|nie|nergens)",
    r"(?:kind\w*|baby\w*|zoon\w*|dochter\w*|hij|zij|ze) (?:\w+ )?stikt\b",
    r"ade?mt? (?:bijna )?niet(?: meer)?",
    r"kan (?:bijna |haast )?(?:niet|geen) (?:meer )?(?:ademen|adem ?halen|adem krijgen)",
    r"krijg geen (?:adem|lucht)",
    r"stikt? (?:bijna )?in",
    r"ambulance(?! ?(?:chauffeur|dienst|broeder|medewerk|verpleeg))",
    r"bel(?:t|len)? 112",
    r"112 bellen",
    r"112 nodig",
    r"bloed(?:t)? (?:heel|erg|zo|enorm|flink|veel|hard)(?: \w+)?",
    r"veel bloed",
    r"dood ?bloed\w*",
    r"(?:pillen|medicijnen|tabletten|paracetamol\w*|slaappillen) (?:\w+ )?(?:geslikt"
    r"|ingenomen|opgegeten)(?<!mijn pillen ingenomen)",
    r"over ?dosis",
    r"vergiftig\w*",
    r"brand (?:in|bij) (?:huis|mijn huis|ons huis|de keuken|de flat|onze flat)",
    r"(?:huis|keuken|woning|flat|kamer) staat in (?:de )?(?:brand|fik)",
    r"er is (?:\w+ )?brand\b(?! (?:geweest|gesticht|oefening))",
    r"(?:vinger\w*|hand|teen|arm|been) (?:\w+ )?(?:eraf|afgehakt|afgezaagd|afgesneden)",
    r"hart ?infarct",
    r"ade?m(?:t|en)? (?:\w+ ){0,2}(?:raar|slecht|vreemd|amper|nauwelijks|moeilijk|zwaar)\b",
    r"krijgt? (?:bijna |haast |amper |nauwelijks |heel )?(?:geen |weinig |slecht )?(?:lucht"
    r"|adem)\b",
    r"(?:erg|heel|ineens|plotseling|opeens) benauwd",
    r"(?:mond\w*|gezicht\w*|lip|oog) (?:\w+ ){0,3}(?:hangt|scheef)\b",
    r"(?:praat|spreekt) (?:\w+ ){0,2}wartaal",
    r"(?:hij|zij|ze|collega|man|vrouw|vader|moeder|kind\w*|baby|jongen|iemand|gevallen)(?:"
    r" \w+){0,6} beweegt (?:zich )?(?:niet|nie)\b(?! mee)",
    r"(?:gevallen|ligt|viel) (?:\w+ ){0,6}(?:antwoordt?|reageert?|zegt|praat) (?:\w+"
    r" )?(?:niet|nie|niks|niets|nergens)",
    r"(?:ligt|lag) (?:\w+ ){0,4}(?:beweg\w+|kreunt|stil op de (?:grond|vloer))",
    r"(?:bleek\w*|chloor|gootsteen\w*|ontstopper|wasmiddel|wasbal\w*|vaatwas\w*"
    r"|schoonmaakmiddel|batterij\w*|knoopcel|lampolie|gif|rattengif) (?:\w+ )?(?:gedronken"
    r"|opgedronken|opgegeten|gegeten|ingeslikt|doorgeslikt|geslikt|binnengekregen)",
    r"(?:dronk|drinkt|slikte|slikt|at) (?:\w+ ){0,3}(?:bleek\w*|chloor|gootsteen\w*"
    r"|ontstopper|wasmiddel|schoonmaakmiddel|gif)\b",
    r"(?:overal|vol|komt|dikke|zwarte|veel) (?:\w+ ){0,3}rook\b",
    r"rook (?:\w+ )?(?:onder|in|uit|van) (?:de |het |mijn |ons )?(?:deur|huis|meterkast"
    r"|keuken|gang|trappenhuis|stopcontact|buren|woning|flat|kamer)",
    r"gaslucht",
    r"ruik\w* (?:\w+ ){0,2}gas\b",
    r"(?:bloeden|bloed|bloeding) (?:\w+ )?(?:stopt|houdt) (?:\w+ )?niet",
    r"verliest? (?:\w+ ){0,2}bloed",
    r"bloed (?:loopt|spuit|gutst)",
    r"(?:druk|band|pijn|steken|drukkend\w*|beklemd\w*) (?:\w+ ){0,3}(?:op|om|in) (?:mijn|me"
    r"|mn|m'n|de|zijn|haar) borst\w*\b",
    r"te ?veel (?:\w+ )?(?:ghb|coke|cocaine|drugs|pillen|insuline|xtc|slaappillen|medicijnen)"
    r" (?:\w+ )?(?:gehad|genomen|geslikt|op|ingenomen)",
    r"(?:lippen|gezicht) (?:\w+ ){0,2}blauw\b",
    r"(?:hij|zij|ze|baby|kind\w*) (?:\w+ ){0,6}(?:en )?(?:is|wordt|ziet|werd|loopt)"
    r" (?:helemaal )?blauw\b",
    r"baby (?:\w+ ){0,3}(?:slap|stuip\w*)\b",
    r"zwart voor (?:mijn|me|mn) ogen",
    r"in elkaar gezakt",
    r"geen polsslag",
    r"(?:been|arm|hand|voet|vinger\w*) (?:zit|is) (?:\w+ )?(?:klem|vast|bekneld)",
    r"bloed (?:als een rund|uit (?:mijn|zijn|haar|me)? ?(?:hoofd|oor|mond))",
    r"vliezen (?:zijn )?gebroken",
    r"baby komt (?:nu|eraan)",
    r"^brand$",
    r"^help brand",
    r"vuur in (?:de |mijn )?keuken",
    r"in de (?:fik|hens)\b",
    r"staat in brand",
    r"stuip\w*",
    r"epilep\w+ aanval",
    r"blauw aangelopen",
    r"\d+ (?:oxazepam|paracetamol\w*|pillen|tabletten|slaappillen) (?:\w+ )?(?:genomen"
    r"|geslikt|op|ingenomen)",
    r"strip (?:\w+ )?(?:op|geslikt|leeg)",
    r"(?:keel|tong) (?:\w+ )?(?:zwelt|dik|gezwollen|opgezwollen)",
    r"aangereden (?:kan|ik lig|en lig|en bloed|bloed)",
    r"onder (?:de|een) (?:auto|heftruck|vrachtwagen|machine) (?:gekomen|gelopen|beland)",
    r"(?:niet|nie) wakker te krijgen",
    r"krijg (?:hem|haar|\w+) (?:niet|nie) wakker",
    r"(?:niet|nie) ademen",
    r"koolmonoxide\w*",
    r"stroomschok",
    r"(?:door het dak gezakt|van (?:de )?(?:steiger|ladder|dak) gevallen (?:ik |hij |en"
    r" )?(?:voel|lig|ligt|kan|been))",
    r"stuur (?:een )?(?:ziekenauto|ambulance|hulp)",
    r"zieken(?:auto|wagen)",
    r"bijtend spul",
    r"hoge koorts en (?:\w+ )?(?:suf|stijve|stuip)",
    r"(?:baby|kind\w*|zoon\w*|dochter\w*|man|vrouw|moeder|vader)\b(?: \w+){0,5} niet (?:meer"
    r" )?wakker (?:te|worden|wordt)",
    r"(?:blijft|blijf) (?:\w+ )?bloeden",
)
VIOLENCE = (
    r"(?:sla|slaat|slaan|sloeg|sloegen|mishandel\w*|wurg\w*|schop\w*|bedreig\w*|stalk\w*"
    r"|sloot) (?:\w+ )?(?:mij|me|m'n|mijn|ons|(?:mijn|m'n|mn|me|onze?) (?:\w+ )?(?:kind\w*"
    r"|zoon\w*|dochter\w*|baby|moeder|zus\w*|broer\w*|vrouw|man)|(?:de|zijn"
    r"|haar) (?:kinderen|vrouw))\b",
    r"(?:heeft|heb|hebben|had) (?:\w+ )?(?:mij|me|m'n|mijn|ons|(?:mijn|m'n|mn|me"
    r"|onze?) (?:\w+ )?(?:kind\w*|zoon\w*|dochter\w*|baby|moeder|zus\w*|broer\w*|vrouw|man)"
    r"|(?:de|zijn|haar) (?:kinderen|vrouw)) (?:\w+ ){0,3}(?:geslagen|mishandeld|geschopt"
    r"|bedreigd|verkracht|gewurgd|gestalkt|aangerand|opgesloten)",
    r"(?:mij|me|m'n|mijn|ons|(?:mijn|m'n|mn|me|onze?) (?:\w+ )?(?:kind\w*|zoon\w*"
    r"|dochter\w*|baby|moeder|zus\w*|broer\w*|vrouw|man)|(?:de|zijn|haar) (?:kinderen"
    r"|vrouw)) (?:\w+ )?(?:slaat|sloeg|schopt|mishandelt|bedreigt|wurgt|stalkt)\b",
    r"(?:word|ben|werd|wordt|is|worden) (?:ik |zij |ze )?(?:\w+ ){0,3}(?:geslagen"
    r"|mishandeld|geschopt|bedreigd|verkracht|gewurgd|gestalkt|aangerand|opgesloten)",
    r"(?:man|vriend|ex|partner|vader|broer|stiefvader|schoonvader|zoon) (?:\w+ )?(?:slaat"
    r"|sloeg|schopt|mishandelt|bedreigt|stalkt|dreigt)\b(?! (?:nergens|op hol))",
    r"(?:dreigt|dreigde) (?:\w+ ){0,2}(?:mij|me|ons|de kinderen)? ?(?:te |om "
    r"|dat ).{0,30}(?:vermoord|dood|slaan|steken|kapot|neer)\w*",
    r"huiselijk geweld",
    r"vermoord\w*",
    r"verkracht\w*",
    r"aangerand",
    r"kindermishandeling",
    r"(?:dreigt|zwaait|achterna|steekt|stak|kwam|bedreig\w*) (?:\w+ ){0,3}mes\b",
    r"mes op (?:mijn|me|m'n) keel",
    r"(?:kni?jpt|kneep|drukt|drukte) (?:\w+ ){0,3}keel",
    r"mag (?:\w+ )?(?:niet|nie) (?:naar buiten|de deur uit|het huis uit|weg) van (?:mijn|me|mn|m'n)"
    r" (?:man|vriend|partner|vader|broer\w*)",
    r"(?:krijg|kreeg) (?:\w+ ){0,2}klappen",
    r"in elkaar geslagen",
    r"ben (?:\w+ )?(?:niet (?:meer )?veilig|onveilig) (?:\w+ )?thuis",
    r"thuis (?:\w+ )?(?:niet (?:meer )?veilig|onveilig)",
    r"(?:niet veilig|onveilig) (?:bij|in) (?:mijn|m'n|me) (?:man|vriend|ex|eigen huis)",
    r"bang (?:voor|van) (?:mijn|m'n|mn|me) (?:man|vriend|ex\w*|partner|vader|broer|zoon"
    r"|stiefvader)\b",
    r"durf (?:\w+ )?niet naar huis",
    r"(?:hij|zij|ze|man|vriend|ex|vader|broer|partner) (?:\w+ )?(?:maakt|gaat|ging|zal)"
    r" (?:mij|me|ons) (?:dood|af|kapot)",
    r"(?:gooit|gooide|gooien|smijt|smeet) (?:\w+ ){0,2}(?:borden|bord|pan|pannen|spullen"
    r"|servies|glas|glazen|stoel\w*|mes\w*|dingen|fles\w*|asbak) (?:\w+ ){0,2}(?:naar|tegen"
    r"|op) (?:mij|me|mijn|ons|m'n|mn|de ki\w+)\b",
    r"(?:krabt?|bijt|stompt?|trapt?|wurgt?|slaan|sloegen) (?:en \w+ )?(?:mij|me)\b",
    r"(?:krijg|kreeg) ik (?:\w+ ){0,2}(?:een )?(?:klap|klappen|mep|stomp|pak slaag)\b(?!"
    r" (?:van|door) de)",
    r"(?:geeft|gaf|geven) (?:mij|me|ons) (?:\w+ )?(?:een )?(?:klap|klappen|mep|dreun|stomp"
    r"|pak slaag)",
    r"(?:zit|ben|word|houdt (?:mij|me)) (?:\w+ ){0,3}opgesloten\b",
    r"sluit (?:mij|me|ons) (?:\w+ )?op\b",
    r"(?:mag|kan) (?:\w+ ){0,2}(?:de deur|het huis|mijn huis) (?:niet|nie) uit",
    r"(?:mag|kan) (?:\w+ )?(?:niet|nie) (?:naar buiten|de deur uit|het huis uit) van (?:hem"
    r"|haar)",
    r"laat (?:mij|me) (?:niet|nie) (?:\w+ )?(?:naar buiten|de deur uit|het huis uit)",
    r"(?:hij|man|vriend|ex|zij|ze|vader|schoonmoeder) (?:\w+ ){0,3}(?:paspoort|telefoon"
    r"|sleutels?|bankpas)\b(?: \w+){0,4} (?:afgepakt|afgenomen)",
    r"(?:pakt|pakte|neemt) (?:mijn|me|mn) (?:paspoort|telefoon|sleutels?|bankpas) af",
    r"in (?:de )?(?:brand|fik|hens) (?:te )?(?:steken|steekt|zetten|zet)\b",
    r"(?:zegt|dreigt|gaat|zei|haalt) (?:\w+ ){0,5}benzine (?:\w+ )?(?:halen|gaat|over|haalt)",
    r"(?:gaan|gaat|zullen|wil|willen|zal|komen|komt) (?:mij|me|ons|mijn kind\w*) (?:\w+"
    r" ){0,2}(?:doden|dood ?maken|doodschieten|doodsteken|wat aandoen|iets aandoen|afmaken"
    r"|neersteken|pijn doen)",
    r"(?:willen|wil) (?:mij|me) dood\b",
    r"(?:dwingt|dwingen|gedwongen) (?:\w+ ){0,6}(?:seks|mannen|klanten|prostitu\w+|trouwen"
    r"|huwelijk|te trouwen)",
    r"uithuwelijk\w*",
    r"(?:eer ?wraak|eer ?moord)",
    r"(?:vol|overal|onder) (?:\w+ )?blauwe? plek\w*",
    r"blauwe? plek\w* (?:overal|van (?:hem|haar|mijn man|mijn vriend))",
    r"(?:hij|mijn man|me man|vriend|ex) leest (?:alles )?mee\b",
    r"(?:(?:stief|schoon)?vader|oom|broer|opa|neef|huisbaas|hij|man) (?:\w+ )?(?:komt|kwam|sluipt)"
    r" (?:\w+ ){0,2}(?:'?s ?nachts|'?s ?avonds|elke nacht) (?:\w+ )?(?:op|in|bij|naar) (?:mijn|me"
    r"|mn) (?:kamer|bed)\b",
    r"(?:mij|me) (?:\w+ ){0,2}(?:vastgepakt|betast|gezoend|misbruikt)\b",
    r"aan (?:mij|me|mijn borsten|mijn billen|mijn lichaam) gezeten",
    r"misbruikt (?:mij|me|mijn)\b",
    r"(?:word|ben|werd) (?:\w+ )?(?:misbruikt|achtervolgd door (?:mijn ex|hem))",
    r"durf (?:\w+ ){0,2}(?:niet|nie)(?: meer)? (?:naar huis|thuis te|thuis slapen)",
    r"bang (?:om|voor) (?:naar huis|thuis)",
    r"bang voor (?:hem|haar)\b",
    r"(?:durf|kan|ga) (?:niet|nie) naar huis (?:hij|want hij|omdat hij)",
    r"(?:loopt|liep|staat|stond|rond) (?:\w+ ){0,3}met (?:een )?(?:mes|pistool|wapen|bijl)\b",
    r"pistool",
    r"ex\b(?: \w+){0,3} (?:staat|stond|wacht|volgt|achtervolgt)\b (?:\w+ ){0,4}(?:deur|op|mij"
    r"|me|werk|overal)",
    r"volgt (?:mij|me) overal",
    r"(?:vuist\w*|hand\w*|riem|stok) (?:\w+ )?(?:kapot geslagen|in mijn gezicht)",
    r"hij slaa[nt](?:$| (?:als|en|want|harder|mr|mij|ze|kinderen|kids|elke|altijd|weer|soms))",
    r"(?:want|dan|en dan|omdat) (?:weer )?(?:hij |ie )?(?:gaat hij )?(?:weer )?slaa[nt](?:"
    r" (?:hij|ie|ze))?$",
    r"(?:slaat|slat|slaan) (?:ie|me|mr|mij|harder|kinderen|kids)\b",
    r"(?:slaat|slaan|geslagen|sloeg) (?:\w+ )?met (?:de riem|een (?:riem|stok|stoel|kabel"
    r"|slof))",
    r"geslag\w* door (?:mijn|me|mn|m'n) (?:man|vriend|ex|vader|broer|zoon)",
    r"(?:mij|me) (?:geslaan|geslage)\b",
    r"aan (?:mijn|me|mn|haar) haren",
    r"(?:geduwd|gegooid|duwt|duwde|gooide) (?:\w+ ){0,2}van de trap",
    r"van de trap (?:geduwd|gegooid)",
    r"klappen (?:gehad|gekregen)",
    r"(?:anders|met|weer) klappen\b",
    r"(?:zit|zat) aan (?:mijn|me|haar|mn) (?:dochter|zoon|kind|billen|borsten|zusje)",
    r"misbruikt$",
    r"maak (?:ik )?(?:je|jou) (?:af|dood|kapot)",
    r"(?:ik )?(?:je|jou|mij|me) dood ?(?:te )?maken",
    r"stalker",
    r"contactverbod",
    r"blijf van (?:mijn|me|mn) lijf",
    r"(?:nummer|telefoon) van veilig thuis",
    r"gewelddadig\w*",
    r"mishandel\w*",
    r"huiselijk\w* gew\w+",
    r"geweld thuis",
    r"(?:mij|me) gesto[ck]\w+ (?:in|met)\b",
    r"(?:wil|wilde|gaat) (?:mij|me) (?:steken|schieten)",
    r"gestoken in (?:mijn|me) (?:buik|rug|borst|hals)",
    r"(?:benen|been|armen|vingers) (?:te )?breken\b",
    r"(?:staat|stond|komt|kwam|zwaai\w*|dreig\w*|trok|pakte|loopt|rond) (?:\w+ ){0,3}een"
    r" (?:mes|hamer|bijl|pistool|wapen)\b",
    r"op (?:ons|mijn|me|mij) (?:huis )?geschoten",
    r"dreig ?app\w*",
    r"dreig\w* (?:\w+ ){0,5}(?:online|naaktfoto\w*)",
    r"bang voor papa",
    r"keel (?:dicht ?ge\w+|gepakt|vast)",
    r"bij (?:mijn|de|me) keel",
    r"schudt de baby",
    r"bedrei?j?gd door (?:mijn|me|mn)",
    r"(?:hij|ze|man|ex|vriend) (?:\w+ )?trapt (?:de|mijn|onze) deur",
    r"(?:houdt|houden|hield|hou) (?:mij|me|ons) (?:binnen|gevangen)",
    r"tegen de muur (?:gegooid|geduwd|geslagen)",
    r"(?:mij|me) (?:komt|kom|komen|gaat) (?:\w+ )?(?:afmaken|vermoorden|doden|pakken)",
    r"bang dat (?:hij|zij|ze|mijn ex|mijn man|mijn vriend) (?:mij|me|ons) (?:\w+ )?(?:wat"
    r"|iets) (?:aandoet|doet)",
)
FIGURES = (
    r"(?:vorig|afgelopen) jaar (?:\w+ ){0,3}(?:beroerte|hart ?aanval|hart ?infarct)",
    r"(?:beroerte|hart ?aanval|hart ?infarct) (?:gehad|vorig jaar|van vorig jaar)",
    r"na (?:haar|zijn|mijn|een|de) (?:beroerte|hart ?aanval|hart ?infarct|hersenbloeding)",
    r"(?:telefoon|mobiel|accu|batterij|laptop|auto) (?:is|was) dood",
    r"(?:baby|kindje) schopt",
    r"(?:sla|slaat|sloeg|slaan) (?:me|mij) op (?:mijn|mn|me|m'n|de) schouders?",
    r"doodmoe",
    r"doodnormaal",
    r"doodsaai",
    r"dood ?gewoon",
    r"doodziek van",
    r"doodeng",
    r"doodstil",
    r"doodsimpel",
    r"(?:ben|voel me|helemaal|echt) (?:zo )?(?:hele?maal )?dood ?(?:op|moe)",
    r"(?:lach|lachen|lachte|schrik|schrok|erger|verveel|verveelde|werk|zweet|schaam"
    r"|schaamde)(?: ik)? (?:me|mij|je|ons|mezelf) (?:echt |bijna |helemaal |hier )?(?:kapot"
    r"|dood)(?: (?:gelachen|geschrokken|gewerkt))?",
    r"me dood (?:gelachen|geschrokken|geergerd|verveeld|gewerkt|geschaamd)",
    r"wil(?: (?:echt|zeker|nog))? niet (?:dood|sterven)(?: ?gaan)?",
    r"(?:geen|nooit) (?:zelf ?moord|suicid|zelf ?dod)\w*(?: \w+){0,2} (?:plannen|gedachten?"
    r"|neigingen|meer)?",
    r"niet suicidaal",
    r"niet van plan (?:om )?mezelf iets aan te doen",
    r"bijna een (?:hart ?aanval|beroerte)",
    r"(?:hart ?aanval|beroerte) van (?:de )?(?:schrik|rekening|schrok)",
    r"overdosis (?:koffie|suiker|gezelligheid|werk)",
    r"moordend\w*",
    r"een moord voor",
    r"moordtempo",
    r"moordwijf",
    r"moordgozer",
    r"slaat? (?:echt |toch |helemaal )?(?:nergens op|op hol|over)",
    r"(?:vroeger|jaren geleden|jaar geleden|vorig jaar|toen ik (?:klein|jong|kind) was|in het"
    r" verleden) (?:\w+ ){0,6}(?:sloeg|geslagen|mishandel\w*|bedreig\w*|zelf ?moord|dood"
    r"|suicid\w*|misbruikt)(?: \w+){0,6}?(?= (?:nu|gelukkig|tegenwoordig) (?:\w+"
    r" ){0,9}(?:veilig|goed|beter|voorbij|gelukkig|rustig|fijn))",
    r"(?:werk|rij|rijd|rijden|zit|stage) (?:\w+ )?(?:bij|op|voor) de ambulance",
    r"bloed (?:gegeven|geven|prikken|geprikt|doneren|laten prikken)",
    r"bloedbank",
    r"moord (?:doen|plegen|begaan) voor",
    r"slaat? (?:\w+ ){0,2}(?:de )?spijker op (?:zijn|z'n|de) kop",
    r"slaa[nt] (?:\w+ ){1,4}(?:over|af)\b",
    r"(?:sterf|stierf|crepeer|ga dood|doodga|ging dood|omkom|kom om) (?:hier )?van de"
    r" (?:honger|dorst|kou|hitte|warmte|zenuwen|slaap|lach)",
    r"dodelijk (?:saai|vermoeiend|vermoeid)",
    r"koffie (?:\w+ )?(?:is|was) dodelijk",
    r"(?:brand|ontruimings) ?(?:oefening|alarm test)",
    r"serie ?moord\w*",
    r"(?:film|serie|boek|documentaire|podcast|toneelstuk) (?:\w+ ){0,4}(?:moord\w*"
    r"|verkracht\w*|zelf ?moord|geweld|dood)",
    r"vermoord je(?: \w+){0,3} (?:grapje|haha|lol)",
    r"(?:steekt?|stak|steken) (?:\w+ ){0,3}(?:een )?mes(?:sen)? in (?:de|mijn|mn) rug",
    r"(?:manager|baas|chef|leidinggevende|teamleider|werk|planning|stress|nachtdienst\w*)"
    r" (?:\w+ )?maakt? (?:mij|me) (?:af|kapot)",
    r"schiet\w* (?:\w+ ){0,4}(?:playstation|spel|game|computer|xbox)",
    r"(?:pillen|medicijnen|tabletten|recept) (?:\w+ ){0,3}klaar\w* (?:bij|in|voor) (?:de "
    r"|mijn |me )?(?:apotheek|week|moeder|vader|patient\w*|client\w*)",
    r"(?:film|serie) (?:\w+ ){0,3}(?:gezien|gekeken) (?:\w+ ){0,3}(?:moord\w*|geweld)",
    r"wurg\w* (?:me|mij) met",
    r"wil niet (?:meer )?leven (?:in|bij|op)",
    r"vermoord (?:mijn|mn|m'n|die) (?:wekker|examen|toets)",
    r"examen heb ik vermoord",
    r"(?:ajax|feyenoord|psv|team) (?:\w+ )?(?:vermoord|gesloopt)",
    r"dreigt?(?:de)? (?:\w+ ){0,4}(?:te ontslaan|met ontslag|ontslag|met stoppen|met (?:een"
    r" )?boete|met (?:loon)?beslag)",
    r"(?:sloeg|geslagen|mishandelde?)(?: \w+){0,5} (?:dat is |dat was )?\w+ jaar geleden",
    r"weg bij (?:mijn|me|mn) (?:man|ex|vriend|partner) die (?:\w+ )?sloeg(?=.{0,40}(?:veilig"
    r"|goed))",
    r"(?:vroeger|jaren terug|jaar terug|als tiener) (?:\w+ ){0,3}(?:wilde|wou|dacht) (?:\w+"
    r" ){0,2}(?:niet meer leven|dood|zelf ?moord)(?=.{0,60}(?:voorbij|goed|geniet|gelukkig"
    r"|beter|voorlichting))",
    r"rekening van (?:de )?ambulance",
    r"(?:wesp|bij|mug|muggen) (?:\w+ ){0,3}gestoken",
    r"grapje over mijn werk",
    r"(?:boek|film|serie) over (?:\w+ ){0,5}(?:vergiftigd\w*|vermoord\w*|zelf ?moord)",
    r"liever dood dan (?:weer )?(?:in|naar|met)",
    r"geen zelf ?moord",
)
