"""A tiny text model of MiniLM's architecture, random, in the hub's layout of files."""

from catalog.encoders.text import SentenceEncoder

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def make_text_model(folder, *, layers=4, width=16):
    """Write a sentence-transformers model; return its encoder."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary += [*LETTERS, *(f"##{letter}" for letter in LETTERS), "!", ".", ","]
    (folder / "vocab.txt").write_text("\n".join(vocabulary))
    torch.manual_seed(1)
    body = BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=width,
            num_hidden_layers=layers,
            num_attention_heads=2,
            intermediate_size=2 * width,
        )
    )
    body.save_pretrained(folder / "body")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder / "body")
    transformer = modules.Transformer(str(folder / "body"))
    pooling = modules.Pooling(width)
    SentenceTransformer(modules=[transformer, pooling], device="cpu").save(
        str(folder / "model")
    )
    return SentenceEncoder(str(folder / "model"))
