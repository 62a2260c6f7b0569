"""Dutch: figures of speech, and what is over or denied."""

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
    r"(?:en )?(?:hij|ze|zij|baas|chef) (?:schreeuwt|schreeuwd|scheldt) (?:ook|steeds|altijd)\b",
    r"hond slaat aan",
    r"niemand (?:hier |thuis |ooit )?(?:slaat|slaag|sla|schopt|bedreigt|mishandelt)"
    r"(?: (?:me|mij|ons|haar|hem))?",
    r"niemand (?:heeft|heb|hebt) (?:me|mij|ons|haar|hem) (?:ooit )?(?:geslagen|geschopt|bedreigd"
    r"|mishandeld)",
    r"vermoord\w*(?= (?:\w+ ){1,12}(?:haha|hihi|lol\b))",
    r"vermoordt? (?:\w+ )?(?:printer|wekker|computer|wasmachine)",
)
