"""English."""

SUICIDE = (
    r"kill(?:ing)? my ?self",
    r"end(?:ing)? my (?:own )?life",
    r"end it all",
    r"take my (?:own )?life",
    r"suicid\w*",
    r"hang my ?self",
    r"hurt my ?self",
    r"cut(?:ting)? my ?self",
    r"harm my ?self",
    r"self harm",
    r"(?:want|wants|wanted|going|ready|like|wish) to (?:die|be dead)\b",
    r"(?:wanna|gonna) die\b",
    r"(?:rather|better) (?:be |off )?dead",
    r"wish i (?:was|were|wasn.?t) (?:dead|alive|here|born)",
    r"(?:do ?n.?t|not|no longer|never) (?:\w+ )?want to (?:live|be alive|wake up|exist"
    r"|be here)",
    r"no (?:reason|point|point in|will) (?:to |in )?(?:live|living|life)",
    r"better off (?:without me|dead|if i)",
    r"tired of (?:living|life|being alive)",
    r"jump(?:ing)? (?:off|from|in front of) (?:\w+ )?(?:bridge|roof|train|building|balcony"
    r"|flat)",
)
EMERGENCY = (
    r"heart attack",
    r"can.?t breathe",
    r"can ?not breathe",
    r"not breathing",
    r"unconscious",
    r"over ?dos\w*",
    r"bleeding (?:a lot|badly|heavily|out|so)",
    r"swallowed (?:\w+ )*(?:pills|tablets)",
    r"took (?:\w+ )*(?:pills|tablets) (?:all|at once)",
    r"having a stroke",
    r"call(?:ing)? (?:an )?ambulance",
    r"need (?:an )?ambulance",
    r"house is on fire",
    r"(?:kitchen|flat|home|apartment) is on fire",
    r"fire in (?:my|the|our) (?:house|home|flat|kitchen|building)",
)
VIOLENCE = (
    r"(?:he|she|husband|boyfriend|partner|ex|wife|girlfriend|father|dad|brother|son|boss"
    r"|colleague|they) (?:\w+ )?(?:hits?|beats?|beat|threatens?|threatened|chok\w+|slap\w*"
    r"|punch\w*|kick\w*|stalks?|rap\w+|abuses?|abused) (?:on )?(?:me|us|my|the kids|her"
    r"|him)\b",
    r"domestic violence",
    r"(?:beating|hitting|choking|stalking|raping|abusing|threatening) (?:me|us|my (?:kids"
    r"|children|son|daughter|mother|mom|sister))\b",
    r"(?:been|being|get|gets|got|was) (?:beaten|raped|choked|stalked|assaulted|abused)",
    r"afraid of my (?:husband|ex|partner|boyfriend|father|brother)",
    r"not safe at home",
    r"unsafe at home",
    r"(?:scared|afraid) to go home",
    r"(?:kill|murder|hurt) (?:me|us|my (?:kids|children))\b",
    r"with a knife",
    r"knife (?:at|to) my",
)
FIGURES = (
    r"never (?:hurt|harm|kill) my ?self",
    r"suicide mission",
    r"dead tired",
    r"bored to death",
    r"do ?n.?t want to die",
    r"not suicidal",
    r"no suicidal",
    r"die of (?:boredom|laughter)",
    r"dying (?:of|for|to)",
    r"dead(?:line)? (?:end|is killing)",
    r"killing (?:it|me with)",
    r"(?:feet|back|legs|heels|job|heat|shifts?|deadlines?|boss|work) (?:\w+ )?(?:is|are|was"
    r"|were) killing me",
    r"nearly had a heart attack",
    r"almost had a heart attack",
    r"beats me\b",
    r"i would kill for",
    r"kill(?:ing)? time",
)
