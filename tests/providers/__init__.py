"""Provider servers for tests and benchmarks: what Telegram, Twilio and a mail host document.

Each speaks over a real socket to the real client library, and refuses wrong calls as the real
provider does. So a test that passes here has sent what the provider would have accepted.
"""
