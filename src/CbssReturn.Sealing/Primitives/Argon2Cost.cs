namespace CbssReturn.Sealing.Primitives;

/// <summary>What one guess of a passphrase costs.</summary>
/// <param name="MemoryKib">Memory, in KiB.</param>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="Lanes">Lanes.</param>
internal readonly record struct Argon2Cost(uint MemoryKib, uint Passes, uint Lanes)
{
    /// <summary>What new keystores cost: 64 MiB, three passes, one lane; about 0.4 s.</summary>
    public static Argon2Cost Standard => new(64 * 1024, 3, 1);

    /// <summary>Less than this is refused when loading: a weak file is not made strong by opening it.</summary>
    public static Argon2Cost Floor => new(19 * 1024, 2, 1);

    /// <summary>More than this is refused when loading: a file must not take the machine's memory or hours.</summary>
    public static Argon2Cost Ceiling => new(1024 * 1024, 16, 4);

    /// <summary>Whether the cost lies between floor and ceiling.</summary>
    public bool IsWithinBounds =>
        MemoryKib >= Floor.MemoryKib && MemoryKib <= Ceiling.MemoryKib
        && Passes >= Floor.Passes && Passes <= Ceiling.Passes
        && Lanes >= Floor.Lanes && Lanes <= Ceiling.Lanes;
}
