"""What `nazorg talk` tells of itself."""

HELP = """\
  Type what the client writes. Commands begin with a slash:
  /next                 on to the next message of our own accord
  /wait 3 days          (minutes, hours, days, weeks, months)
  /six                  on to the end of the track
  /photo                send a picture
  /plan, /calls         how things stand
  /take, /contact, /resolve [helped|partly|referred|not_reached|not_needed]
                        a colleague does something with the newest call for help
  /release              after danger
  /pause 2026-04-01, /skip day-8, /add 2026-04-01, /extend 2026-12-01
  /form passive, /language en
  /quit"""
