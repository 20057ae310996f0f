namespace CbssReturn.Sealing;

/// <summary>Where a passphrase comes from, which decides what stretching it must cost.</summary>
public enum PassphraseKind
{
    /// <summary>A person chose it: every guess must be dear (Argon2id, 64 MiB, 3 passes).</summary>
    Chosen,

    /// <summary>Drawn from the random generator, 256 bits: nobody guesses it, so the least cost that is ever accepted
    /// does (Argon2id, 19 MiB, 2 passes), and a node starts half a second earlier.</summary>
    Drawn,
}
