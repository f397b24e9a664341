import pytest, zipfile, io
from pathlib import Path
from tests.journeys.furnished import furnish
from varpa.dossier.building import build
from varpa.dossier.reach import Reach
from varpa.dossier.verifying import verify
from varpa.programmes.models import Programme
pytestmark = pytest.mark.django_db

def test_it(tmp_path):
    cast = furnish()
    programme = Programme.objects.get(pk=cast.programme.pk)
    import time
    t=time.time()
    b = build(Reach(programme, "lv"), tmp_path/"a.zip")
    print(time.time()-t)
    build(Reach(Programme.objects.get(pk=cast.programme.pk), "lv"), tmp_path/"b.zip")
    assert (tmp_path/"a.zip").read_bytes()==(tmp_path/"b.zip").read_bytes()
    print(verify(tmp_path/"a.zip"))
    z=zipfile.ZipFile(tmp_path/"a.zip")
    for i in z.infolist(): print(i.filename,i.file_size)
    for n in z.namelist():
        if n.endswith(".csv"): print("==",n); print(z.read(n).decode("utf-8-sig")[:1500])
    Path("/tmp/dossier-out.zip").write_bytes((tmp_path/"a.zip").read_bytes())
