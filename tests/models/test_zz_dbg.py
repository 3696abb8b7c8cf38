import sys, os
from random import Random
import pytest
from tests.conftest import *
from tests.models.recomputed import *
from tests.models.test_ledger import Year
from trackr.models import ledger as L, Event
@pytest.mark.parametrize("seed", range(int(os.environ.get("S","12"))))
def test_it(seed, people, clock):
    y = Year(people, clock, Random(seed))
    bad=[]
    last=None
    for n in y.events(300):
        L.settle(people.intranet)
        p=Project.get_by_id(people.intranet.id)
        led=recomputed(p)
        lines=[(l.day,str(l.kind),l.purchase,l.entry,l.minutes) for l in led.lines]
        st=stored_lines(p)
        what=[]
        if st!=lines:
            what.append("lines"); 
            print("stored-only", [tuple(map(str,x)) for x in st if x not in lines]); print("true-only", [tuple(map(str,x)) for x in lines if x not in st])
        m=Meter.of(p)
        if m.reading()!=reading_of(p,led): what.append("meter"); print(m.reading()); print(reading_of(p,led))
        from tests.models.recomputed import _over_since
        if m.over_since!=_over_since(p,led): what.append(f"over {m.over_since} {_over_since(p,led)}")
        e=Event.select().order_by(Event.id.desc()).limit(3)
        if what:
            print(seed,n,p.today(),what,[(x.kind,x.data) for x in e], p.review_hours, m.stale_at)
            for b in Purchase.select(): print("  ",b.id,b.minutes,b.bought_on,b.valid_from,b.expires_on,b.left_minutes,b.pending_minutes)
            pytest.fail(str((n,what)))
