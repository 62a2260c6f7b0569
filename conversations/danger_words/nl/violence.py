"""Dutch: violence and fear of it."""

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
