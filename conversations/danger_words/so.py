"""Somali. A native speaker must review it."""

SUICIDE = (
    r"isdil\w*",
    r"is ?dil\w*",
    r"is ?dilay\w*",
    r"naftayda (?:\w+ )?(?:dil|qaad|gooy|jar)\w*",
    r"(?:waxaan|waan|inaan) (?:\w+ ){0,3}(?:rabaa|doonayaa|jeclahay"
    r"|jeclaan) (?:\w+ ){0,2}(?:dhinto|dhimo|dhimasho|geeri)",
    r"inaan (?:dhinto|dhimo|is ?dilo)",
    r"dhimashad?a (?:baan|ayaan) (?:rabaa|doonayaa|jeclahay)",
    r"(?:ma|kama) (?:rabo|doonayo) (?:\w+ ){0,3}(?:noolaado|noolaanin|noolaan|nolosh\w*)",
    r"nolo(?:sha|shu|shaydu) (?:\w+ )?(?:macno|qiimo|micno) (?:\w+ )?ma ?(?:laha|leh|lahan)",
    r"nolosha (?:waan )?(?:ka daal|nacay|ka nacay)\w*",
    r"geeri ayaan",
    r"aniga la.?aantay",
    r"nolo(?:sha|shu|shaydu|shayda) (?:\w+ ){0,2}(?:macno|micno|qiimo|faa ?iido) (?:\w+"
    r" ){0,3}(?:ma ?(?:laha|leh|jirto)|iima laha)",
    r"(?:waxba|maxaan) (?:\w+ )?(?:macno|micno) (?:ma ?(?:laha|leh|samayn))",
    r"maxaan u noolahay",
    r"(?:ka fiican|fiicnaan|fiican|raaxaysan) (?:\w+ ){0,3}(?:la.?aantay|aniga la.?aan"
    r"|haddaan (?:tago|dhinto))",
    r"(?:la.?aantay) (?:\w+ ){0,2}(?:fiican|roon|raaxo)\w*",
    r"(?:kiniin|kaniini|xadhig|xarig)\w* (?:\w+ ){0,3}(?:diyaar|ururs|liq)\w*",
    r"(?:fariin|farriin|maalin|habeen)\w* (?:iigu |ugu |iigu ugu )(?:dambey|dambay|danbay)\w*",
    r"i cafiy\w*",
    r"(?:seexdo|hurdo|hurdada) (?:\w+ ){0,3}(?:aanan|an|ma|ku) (?:\w+ )?(?:kicin|kacin|toosin"
    r"|dhiman|dhinto)\w*",
    r"(?:aduunka|adduunka|dunida|nolosha) (?:\w+ )?(?:ka tago|ka tagaa|ka baxo|ka haajiro)",
    r"(?:buundada|biriishka|daaqadda|daaqada|dhismaha|balkoonka|tareenka) (?:\w+ ){0,2}(?:ka"
    r" )?(?:bood|tuur|daad)\w*",
    r"(?:gacanta|gacmaha|lugta|curcurka|naftayda) (?:\w+ ){0,3}(?:jar|gooy|zar)\w*(?! shaqada)",
    r"(?:geeri|dhimasho)\w* (?:\w+ ){0,2}(?:roon|fiican|dhaanta|wanaagsan)",
    r"(?:daal|daalay|nacay|quustay) (?:\w+ )?(?:nolosha|noolaado|naftayda)",
    r"(?:nolosha|noolaanshaha) (?:\w+ )?(?:ka daal|nac|ka quus)\w*",
    r"(?:rabaa|doonayaa|jeclaan lahaa) (?:\w+ )?inaan (?:\w+ )?(?:dhinto|dhimo|dhinto|weligay"
    r" lumo|is dilo)",
    r"haddaan (?:\w+ )?(?:dhiman|dhinto|dhiman lahaa)",
    r"qofna (?:ima|ii ma|iima) xiis\w*",
    r"(?:ma|kama) (?:rabo|doonayo) (?:\w+ )?(?:inaan )?(?:\w+ )?(?:noolaado|sii noolaado|kaco)",
    r"warqad sagootin",
    r"ilaahow i qaad",
    r"nolo(?:sha|l) ma rabo",
)
EMERGENCY = (
    r"wadne (?:istaag|xanuun|joogsi)\w*",
    r"wadna ?(?:istaag|xanuun|qabad)\w*",
    r"neef(?:ta|so|san|sato)? (?:\w+ ){0,2}(?:kari|qaban|ma)\w*",
    r"ma neefsan\w*",
    r"miyir (?:la|beel|daboo|ma)\w*",
    r"miir (?:daboo|beel)\w*",
    r"suuxday",
    r"ambalaas\w*",
    r"ambulance",
    r"dhiig(?:\w+)? (?:\w+ )?(?:badan|baxay\w*|ka socda|joogsan)\w*",
    r"kaniini\w* (?:\w+ ){0,2}(?:badan|liqay|cunay|qaatay)",
    r"(?:guriga|jikada|guryaha|gurigu) (?:\w+ )?(?:gubanay|dab|holcay)\w*",
    r"dab (?:ayaa|baa) (?:\w+ )?(?:ka|kac|qabsa)\w*",
    r"(?:uma|ma|si qalaad|si adag) (?:\w+ )?(?:neefsan|neefso)\w*",
    r"neef\w* (?:\w+ ){0,2}(?:adag|qabat|yar|kari)\w*",
    r"(?:dhacay|dhacday|dhulka|jiifa) (?:\w+ ){0,3}(?:mana|ma) (?:\w+ )?(?:jawaab|hadl"
    r"|dhaqaaq|soo kac)\w*",
    r"ma dhaqaaqayo\b",
    r"(?:cabay|cabtay|liqay|liqday|cunay) (?:\w+ )?(?:kloriin|sun|saabuun|wax nadiif\w*"
    r"|batari\w*)",
    r"(?:kloriin|sun|saabuun|saabuun nadiifin) (?:\w+ ){0,3}(?:cabay|cabtay|liqay|liqday)",
    r"(?:weji|waji|af)\w* (?:\w+ )?qalloo?c\w*",
    r"qiiq (?:\w+ ){0,2}(?:guri|buux|badan|ka)\w*",
    r"(?:guriga|qolka) (?:\w+ )?qiiq\w*",
    r"ur(?:ta)? gaas\w*",
    r"(?:laab|xabad|wadn)\w* (?:\w+ ){0,4}(?:xanuun|culus|culays|cidhiidhi)\w*",
    r"midab\w* (?:\w+ )?buluug\w*",
    r"dhiig\w* (?:\w+ ){0,2}(?:joogsan|badan|lumi|ka socda|baxay)\w*",
    r"ma soo kacayo",
)
VIOLENCE = (
    r"(?:i|na|ii|nagu|igu) (?:\w+ )?(?:garaac|dilay\w|dilaa|dil doon|hanjab|ceeji|kufsa"
    r"|kufsad|haraati|feer|jirdil|weerar)\w*",
    r"igarac\w*",
    r"(?:ninkayga|xaaskayga|seygayga|aabahay|walaalkay|odaygayga|ninkeyga"
    r"|saygayga) (?:\w+ ){0,3}(?:garaac|dil|hanjab|feer|ceeji)\w*",
    r"carruurta (?:\w+ )?(?:garaac|dil)\w*",
    r"(?:tacaddi|rabshad|dagaal)\w* (?:guri|qoys)\w*",
    r"ammaan (?:ma|kuma) (?:\w+ )?(?:ihi|dareem\w*|qabo)",
    r"ka (?:baqayaa|cabsanayaa|baqaa) ninkayga",
    r"ninkayga (?:\w+ )?(?:ka baq|cabsi)\w*",
    r"mindi (?:\w+ )?(?:igu|nagu|iigu|ku)",
    r"kufsi\w*",
    r"kufsaday",
    r"(?:wuu|way|ayuu|ayay|ayaa|buu|maalin kasta) (?:\w+ )?(?:i|ii|na|igu) (?:\w+"
    r" )?(?:garaac(?!m)|dil(?:aa|ay|ayaa|o)\b|dhuft|haraati|laad|feer|qaniin|ceeji|xir|taabt"
    r"|kufs)\w*",
    r"(?:i garaacaa|i garaacday|i garaacay|igu dhuft\w*|i dilaa|i laadaa|i ceeji\w*|i"
    r" feer\w*)\b",
    r"(?:ninkayg|ninkeyg|sayg|walaal|aabah|xaaskayg|seyg)\w* (?:\w+ ){0,4}(?:i dilaa|i garaac"
    r"|i dil|igu dhuft|gacan)\w*",
    r"dharbaaxo (?:\w+ )?(?:igu|i)\b",
    r"gacan (?:\w+ )?(?:ii|igu) (?:qaad|tag)\w*",
    r"(?:ka baq|ka cabs|ma geesan)\w* (?:\w+ ){0,3}(?:guri|aqal)\w*",
    r"guri\w* (?:\w+ ){0,4}(?:iima ogola|iima oggola|ka bax\w* iima|igu xir)\w*",
    r"(?:iima ogola|iima oggola|ii diid) (?:\w+ )?inaan (?:\w+ )?(?:ka )?(?:baxo|hadlo)",
    r"guri\w* (?:\w+ ){0,5}(?:gubay|gubi|gubaya)\w*",
    r"(?:rabaan|rabaa|doonaya|doonayaan) (?:\w+ )?(?:inay|inuu) (?:\w+ )?i dil\w*",
    r"(?:qoorta|surka|cunaha) (?:\w+ )?i (?:qab|ceej)\w*",
    r"(?:nabro|nabarro|jirkayga) (?:\w+ ){0,4}(?:isagaa|garaac|ninkayga)\w*",
    r"(?:saxan|mindi|koob|dhagax)\w* (?:\w+ ){0,3}igu tuur\w*",
    r"guur qasab",
)
FIGURES = (
    r"(?:ma|kama) (?:rabo|doonayo) (?:inaan |in aan )?(?:dhinto|dhimo|is ?dilo|dhiman\w*)",
    r"daal (?:\w+ )?(?:la|u) dhimanayaa",
    r"qosol (?:\w+ )?(?:la|u) dhiman\w*",
    r"gaajo (?:\w+ )?(?:la|u) dhiman\w*",
    r"(?:hore|horay|sannado ka hor|waagii) (?:\w+ ){0,4}(?:i garaaci|i dili|garaaci)"
    r" jir\w*(?: \w+){0,3}?(?= hadda .{0,40}(?:ammaan|fiican|kaligay|nabad))",
    r"gaajo (?:\w+ )?(?:la|u) dhiman\w*",
    r"tababar\w* (?:\w+ ){0,2}dab\w*",
    r"dab ?(?:damis|demis)\w*",
    r"(?:filim|fiilim|buug) (?:\w+ )?(?:dil|dilaa|gacan ku dhiigle)\w*",
    r"(?:hanjab)\w* (?:\w+ )?inuu i (?:eryo|ceyriyo|cayriyo)",
    r"shaqada (?:\w+ )?way i dil\w*",
    r"(?:sanadkii hore|sannadkii hore|bishii hore) (?:\w+ )?wadn?e? ?(?:xanuun|istaag)\w*",
    r"ninkii i garaaci jiray (?:\w+ ){0,3}ka tag\w*",
    r"hore waxaan rabay inaan dhinto",
    r"khamaar\w* .{0,30}i dilaaciyay",
)
