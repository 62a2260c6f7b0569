import pytest
from hypothesis import settings, HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test
from storage import encryption, outbox
from tests.rules.test_rules import Aftercare, template
from collections import Counter
import bot.house, aftercare.calls, aftercare.effects, aftercare.check_ins
C = Counter()
def go(template, n=25):
    Aftercare.template = template
    class A(Aftercare):
        def teardown(self):
            super_do = self.do
            try:
                for s in self.seen(): C[s.parcel.kind] += 1
                from storage.models import Message, Escalation, CheckIn, Notice
                from sqlalchemy import select
                for m in self.rows(select(Message.phrase)): C["p:"+str(m)] += 1
                for m in self.rows(select(Message.status)): C["s:"+str(m)] += 1
                for m in self.rows(select(Escalation.topic)): C["t:"+str(m)] += 1
                for m in self.rows(select(CheckIn.status)): C["c:"+str(m)] += 1
                for m in self.rows(select(Escalation.status)): C["e:"+str(m)] += 1
            finally:
                super().teardown()
    run_state_machine_as_test(A, settings=settings(max_examples=n, stateful_step_count=40, deadline=None, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)))
def test_stats(template, key_ring):
    encryption.use(key_ring); go(template); print(sorted(C.items(), key=str))
def test_m_verdict(template, key_ring, monkeypatch):
    encryption.use(key_ring); monkeypatch.setattr(outbox, "verdict", lambda *a: None)
    with pytest.raises(BaseException) as e: go(template)
    print(repr(e.value)[:600])
def test_m_first(template, key_ring, monkeypatch):
    encryption.use(key_ring); monkeypatch.setattr(outbox, "first_moment", lambda m,c,p,b,now: now)
    with pytest.raises(BaseException) as e: go(template)
    print(repr(e.value)[:600])
def test_m_remind(template, key_ring, monkeypatch):
    encryption.use(key_ring)
    import aftercare.escalations as es
    async def r(s): return 0
    monkeypatch.setattr(es, "remind", r)
    with pytest.raises(BaseException) as e: go(template)
    print(repr(e.value)[:600])
def test_m_fwd(template, key_ring, monkeypatch):
    encryption.use(key_ring)
    from conversations.words import MessageStatus as S
    monkeypatch.setattr(outbox, "_FORWARD", {k: tuple(S) for k in S})
    with pytest.raises(BaseException) as e: go(template)
    print(repr(e.value)[:600])
