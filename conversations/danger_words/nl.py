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
)
