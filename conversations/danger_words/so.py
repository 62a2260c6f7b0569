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
)
FIGURES = (
    r"(?:ma|kama) (?:rabo|doonayo) (?:inaan |in aan )?(?:dhinto|dhimo|is ?dilo|dhiman\w*)",
    r"daal (?:\w+ )?(?:la|u) dhimanayaa",
    r"qosol (?:\w+ )?(?:la|u) dhiman\w*",
    r"gaajo (?:\w+ )?(?:la|u) dhiman\w*",
)
