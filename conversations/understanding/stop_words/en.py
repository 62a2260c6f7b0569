"""English."""

WHOLE_MESSAGES = (
    r"(?:please )?stop (?:it|this|now|all|everything|messages|texts|sms|the messages"
    r"|these messages)",
    r"stop (?:messag\w*|text\w*|contact\w*|send\w*|ask\w*|bother\w*|spam\w*)(?: to)?(?: me"
    r"| us)?(?: (?:messages|texts|sms|these|this|questions|anymore|any more))*",
    r"(?:i )?(?:want|wish|would like|wanna|like) (?:you )?to (?:stop|quit|opt out"
    r"|unsubscribe|cancel)(?: (?:this|it|the aftercare|aftercare|these messages"
    r"|the messages|receiving (?:messages|texts)))?",
    r"(?:no|not any) (?:more )?(?:messages|texts|sms|contact)(?: (?:anymore|any more|to me"
    r"|for me))*",
    r"(?:i )?(?:do ?n.?t|do not) (?:want|wish|need)(?: to)?(?: (?:get|receive"
    r"|have))?(?: (?:any|these|this|your|the))* (?:more )?(?:messages|texts|sms|aftercare"
    r"|check ins)(?: (?:anymore|any more|from you|any longer))*",
    r"(?:do ?n.?t|do not|never) (?:text|message|contact|sms|write"
    r"|send) (?:to )?me(?: (?:messages|texts|again|anymore|any more))*",
    r"leave me (?:alone|in peace)",
    r"(?:un ?subscribe|opt ?out|opt me out|sign me out)(?: me)?",
    r"(?:remove|delete|take) (?:me|my (?:number|phone|data))(?: (?:from|off"
    r"|out of) .{0,20})?",
    r"(?:please )?(?:take|sign|get) me off (?:this|the|your) list",
    r"enough (?:with|of) (?:these|the|your) (?:messages|texts)",
    r"(?:i am |i m |im )?(?:done with|tired of|sick of) (?:these|your|the|all these)"
    r" (?:messages|texts)",
    r"(?:i )?quit (?:this|the) (?:program|programme|aftercare)",
    r"no need for (?:your|these) (?:texts|messages)(?: anymore)?",
    r"(?:i )?(?:do ?n.?t|do not) want you to (?:write|text|message) me(?: any ?more| any"
    r" more)?",
)
