"""Dutch: not wanting to live."""

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
