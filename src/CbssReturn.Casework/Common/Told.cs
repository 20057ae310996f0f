namespace CbssReturn.Casework.Common;

/// <summary>A fact, or why it was not told. "Not asked", "declined to answer" and "unknown" are three different things,
/// because forcing an answer harms people (docs/spec/casework.md, rule 1.4).</summary>
/// <remarks><c>default</c> says that nobody asked.</remarks>
/// <typeparam name="T">The fact's type.</typeparam>
public readonly record struct Told<T>
    where T : notnull
{
    private readonly T? _value;

    private Told(T? value, bool isTold, Untold why) => (_value, IsTold, Why) = (value, isTold, why);

    /// <summary>Whether there is a fact.</summary>
    public bool IsTold { get; }

    /// <summary>Why there is none; <see cref="Untold.Unspecified"/> when nobody asked, and when there is one.</summary>
    public Untold Why { get; }

    /// <summary>Whether nobody asked.</summary>
    public bool IsNotAsked => !IsTold && Why == Untold.Unspecified;

    /// <summary>The fact.</summary>
    /// <exception cref="InvalidOperationException">It was not told.</exception>
    public T Value => IsTold
        ? _value!  // set whenever IsTold is
        : throw new InvalidOperationException("This was not told.");

    /// <summary>Wraps a fact.</summary>
    public static implicit operator Told<T>(T value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Told<T>(value, true, Untold.Unspecified);
    }

    /// <summary>Wraps the reason why there is none.</summary>
    public static implicit operator Told<T>(Untold why) => new(default, false, why);

    /// <summary>Returns whether it was told, never the fact.</summary>
    public override string ToString() => IsTold ? "[told]" : IsNotAsked ? "[not asked]" : "[not told]";
}
