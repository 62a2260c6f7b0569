"""Dutch."""

WHOLE_MESSAGES = (
    r"stop(?:pen)?",
    r"stop (?:er ?mee|hiermee|daarmee|dit|jullie|a ?u ?b|nazorg\w*|de nazorg|alles|het"
    r"|direct|meteen)",
    r"stop (?:nu |direct |meteen |eens )?met (?:mij |me )?(?:steeds |altijd |te |deze |die "
    r"|al die )*(?:appen|ge ?app|smsen|sms en|sms'en|texten|mailen|berichten|bericht"
    r"|berichtjes|sms|appjes|contact opnemen|berichten (?:te )?sturen|appjes (?:te )?sturen"
    r"|sturen|lastig ?vallen|storen|vragen|vragen stellen)(?: (?:van|aan|door|door|met"
    r"|bij) (?:jullie|u|je|jou|mij|me|nazorg\w*|de gemeente|deze bot))*",
    r"(?:hou|houd|houdt) (?:er ?mee |eens |nu )?op(?: ermee)?(?: met (?:mij "
    r"|me )?(?:te )?(?:appen|ge ?app|smsen|sms en|sms'en|texten|mailen|berichten|bericht"
    r"|berichtjes|sms|appjes|contact opnemen|berichten (?:te )?sturen|appjes (?:te )?sturen"
    r"|sturen|lastig ?vallen|storen|vragen|vragen stellen)(?: (?:van|aan|door|door|met"
    r"|bij) (?:jullie|u|je|jou|mij|me|nazorg\w*|de gemeente|deze bot))*)?",
    r"(?:ik )?(?:wil|wou|zou) (?:graag |nu |liever |gewoon |ook |echt )*(?:er ?mee "
    r"|hiermee |met (?:de )?nazorg |met dit |met deze berichten )?(?:stoppen|ophouden"
    r"|ermee kappen|er ?uit|uitstappen)",
    r"(?:ik )?stop (?:er ?mee|hiermee|met (?:de |het )?(?:nazorg\w*|programma|traject))",
    r"(?:ik )?(?:wil|wou|zou) (?:me |mij |mijzelf |graag |nu |hierbij )*(?:af ?melden"
    r"|uit ?schrijven|af ?gemeld worden|uit ?geschreven worden)(?: (?:voor|van|bij"
    r"|uit) (?:de )?(?:nazorg\w*|dit|deze (?:dienst|berichten)|berichten))?",
    r"(?:ik )?(?:meld|schrijf|haal) (?:mij|me|mijn nummer|mn nummer) (?:hierbij |nu )*(?:af"
    r"|uit|eruit|er uit|uit (?:de|het|jullie) (?:lijst|systeem|bestand))(?: (?:voor|van|bij"
    r"|uit) (?:de )?(?:nazorg\w*|dit|deze (?:dienst|berichten)|lijst))?",
    r"(?:kan|kunt|kun|kunnen|wil|wilt|willen) (?:je|u|jullie|ik) (?:me |mij |mijn nummer "
    r"|mn nummer )?(?:uitschrijven|afmelden|verwijderen|eruit halen|uit (?:de"
    r"|jullie) lijst halen)",
    r"(?:stop|stoppen|geen(?! (?:vragen|meldingen|contact|bericht)$))"
    r" (?:(?:deze|die|jullie|al die|zulke) )?(?:berichten|berichtjes"
    r"|bericht|smsjes|sms|sms'en|sms en|smsen|appjes|apps|app|vragen|vragenlijsten"
    r"|meldingen|contact)(?: (?:meer|mr))?(?: (?:van|aan|door|met|bij) (?:jullie|u|je"
    r"|jou|mij|me|nazorg\w*|de gemeente|deze bot))*(?: (?:ontvangen|krijgen|sturen))?",
    r"(?:ik )?(?:wil|hoef|wens|wou) (?:echt |liever |voortaan |van jullie |gewoon "
    r"|helemaal )*(?:geen|nooit meer) (?:(?:deze|die|jullie|al die|zulke) )?(?:berichten"
    r"|berichtjes|bericht|smsjes|sms|sms'en|sms en|smsen|appjes|apps|app|vragen"
    r"|vragenlijsten|meldingen|contact)(?: (?:meer|mr))?(?: (?:van|aan|door|door|met"
    r"|bij) (?:jullie|u|je|jou|mij|me|nazorg\w*|de gemeente"
    r"|deze bot))*(?: meer)?(?: (?:te )?(?:ontvangen|krijgen|hebben))?",
    r"(?:ik )?(?:wil|hoef) (?:(?:(?:deze|die|jullie|al die|zulke) )?(?:berichten|berichtjes"
    r"|bericht|smsjes|sms|sms'en|sms en|smsen|appjes|apps|app|vragen|vragenlijsten"
    r"|meldingen|contact) )?(?:niet|nie) (?:meer|langer) (?:mee ?doen|meedoen met (?:dit"
    r"|nazorg)|geappt worden|berichten krijgen|benaderd worden|gebeld worden|deze berichten)",
    r"(?:ik )?doe (?:niet|nie) (?:meer|langer) mee(?: met (?:dit|nazorg\w*))?",
    r"(?:ik )?(?:wil|hoef) (?:de |deze |die |jullie |geen )?nazorg(?: (?:niet"
    r"|nie))? ?(?:meer|langer)?",
    r"stuur(?:t|en)? (?:mij |me |mijn |aub )*(?:alsjeblieft )?(?:geen|nooit meer|niks meer"
    r"|niets meer)(?: (?:(?:deze|die|jullie|al die|zulke) )?(?:berichten|berichtjes|bericht"
    r"|smsjes|sms|sms'en|sms en|smsen|appjes|apps|app|vragen|vragenlijsten|meldingen"
    r"|contact))?(?: meer)?",
    r"(?:laat|laten) (?:jullie )?(?:mij|me) (?:nou |nu |eens |gewoon |alsjeblieft )*met rust",
    r"(?:niet|nie|nooit) meer (?:appen|sms ?en|sturen|mailen|texten|berichten"
    r"|contact opnemen)",
    r"(?:app|sms|text|bericht|bel) (?:mij|me) (?:aub |nooit |niet |nie )+(?:meer)?",
    r"(?:verwijder|wis|haal) (?:mijn|mn|me|m'n) (?:nummer|gegevens"
    r"|telefoonnummer)(?: (?:uit|van) (?:de |het |jullie |uw )?(?:lijst|systeem"
    r"|bestand))?(?: weg)?",
    r"(?:af|uit) ?(?:melden|schrijven)",
    r"(?:kappen|kap) (?:ermee|er mee|hiermee|met (?:die |deze )?(?:berichten|appjes|sms))",
    r"(?:kap|stop|hou) (?:nou |nu )?(?:eens )?(?:op )?met (?:die|deze|jullie) (?:berichten"
    r"|berichtjes|smsjes|sms|appjes|apps|vragen)",
    r"schrap (?:mij|me)(?: maar)?",
    r"zet (?:mij|me) (?:maar )?van (?:de|die|jullie) lijst(?: af)?",
    r"annuleer (?:de |mijn )?nazorg(?: voor mij)?",
    r"ik zeg (?:de nazorg|mijn deelname|nazorg) op",
    r"hiermee zeg ik (?:mijn deelname|de nazorg) op",
    r"(?:ik )?wil van (?:die|deze|de|jullie) (?:berichten|berichtjes|smsjes|sms|appjes"
    r"|apps|vragen) af",
    r"(?:ik )?heb (?:hier )?geen behoefte (?:meer )?aan(?: (?:deze|jullie|die|de)"
    r" (?:(?:berichten|berichtjes|smsjes|sms|appjes|apps|vragen)|nazorg))?",
    r"geen behoefte meer aan(?: (?:deze|jullie|die|de) (?:(?:berichten|berichtjes|smsjes"
    r"|sms|appjes|apps|vragen)|nazorg))?",
    r"(?:ik )?wil (?:hier )?er ?af",
    r"(?:be ?eindigen|ophouden)",
    r"weg met (?:die|deze|jullie) (?:berichten|berichtjes|smsjes|sms|appjes)",
)
