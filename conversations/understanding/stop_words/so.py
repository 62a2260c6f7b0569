"""Somali. A native speaker must review it."""

WHOLE_MESSAGES = (
    r"(?:fadlan )?(?:jooji|joojiya|jooji+ya)(?: (?:fariim\w*|fariin\w*|farriim\w*"
    r"|farriin\w*|sms\w*|qoraal\w*|dhambaal\w*|tan|arrintan|hadda|fadlan))*",
    r"(?:ma|kama) (?:rabo|doonayo)(?: (?:inaan helo|inaad|mar dambe|wax))* (?:fariim\w*"
    r"|farriim\w*|farriin\w*|fariin\w*|sms\w*)(?: (?:dambe|kale|ah))*",
    r"(?:fariim\w*|farriim\w*|farriin\w*|fariin\w*|sms\w*)(?: (?:dambe|kale))* (?:ma rabo"
    r"|ma doonayo|ha ii soo dir\w*|iima soo dir\w*|jooji\w*|iga jooji\w*)(?: (?:mar dambe"
    r"|kale))*",
    r"(?:mar dambe )?(?:ha|yaan) (?:la )?(?:ii|i) (?:soo )?(?:dir\w*|qor\w*"
    r"|soo dir\w*)(?: (?:fariim\w*|farriim\w*|farriin\w*|wax|mar dambe|kale))*",
    r"iga (?:saar\w*|jooji\w*|tir\w*|daay\w*|bixi\w*)(?: (?:liiska|fariim\w*|farriim\w*"
    r"|adeegga))*",
    r"(?:waxaan )?(?:rabaa|doonayaa) inaan (?:joojiyo|ka baxo|iska joojiyo"
    r"|ka haro)(?: (?:barnaamijka|tan|adeegga))?",
    r"waan (?:ka baxayaa|joojinayaa|iska joojiyay)",
    r"i (?:daa|daaya|daayaa)",
    r"lambarkayga (?:tirtir\w*|ka saar\w*|masax\w*)",
    r"waa (?:igu|i) filan tahay fariim\w*",
    r"(?:mar dambe )?(?:kama qayb galayo|ma sii wadayo)",
    r"ma rabo inaan (?:sii wado|ka qayb galo)",
    r"liiska (?:magacayga )?(?:iga|ka) saar\w*",
    r"fariimihii?na ma rabo",
    r"barnaamijka waan ka baxay\w*",
    r"ha ii soo qorina(?: mar dambe)?",
)
