namespace CbssReturn.Outcomes;

/// <summary>The software's no: a code that is stable for ever, and words for the person who asked.</summary>
/// <remarks>
/// A <b>refusal</b> is ours; a <i>decline</i> is a provider's and a <i>withdrawal</i> is the person's
/// (docs/ARCHITECTURE.md). Neither <see cref="Message"/> nor <see cref="LocalDetail"/> ever holds personal data,
/// plaintext or key material. To a peer only one undistinguished refusal leaves the node; who asked at the desk gets
/// <see cref="Code"/>, <see cref="Message"/> and <see cref="Field"/>.
/// </remarks>
public sealed record Refusal
{
    /// <summary>Makes a refusal.</summary>
    /// <param name="code">Which rule said no; never <see cref="RefusalCode.Unspecified"/>.</param>
    /// <param name="message">Why, in the words of the person who asked: one or two full sentences.</param>
    /// <param name="field">Which field is meant, as a path such as <c>grants[1].expires_at</c>; null for none.</param>
    /// <param name="localDetail">What only the local log may know; null for nothing more.</param>
    public Refusal(RefusalCode code, string message, string? field = null, string? localDetail = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        ArgumentOutOfRangeException.ThrowIfEqual((int)code, (int)RefusalCode.Unspecified);
        (Code, Message, Field, LocalDetail) = (code, message, field, localDetail);
    }

    /// <summary>Which rule said no. The number is never used for anything else (docs/ERRORS.md).</summary>
    public RefusalCode Code { get; }

    /// <summary>Why, for the person who asked.</summary>
    public string Message { get; }

    /// <summary>Path of the field that is meant, in the names of the JSON form; null when no single field is.</summary>
    public string? Field { get; }

    /// <summary>What only the local log may know: sizes, positions, inner codes. Null for nothing.</summary>
    public string? LocalDetail { get; }

    /// <summary>The code as people quote it: <c>CB-</c> and four digits.</summary>
    public string CodeText => FormattableString.Invariant($"CB-{(int)Code:D4}");

    /// <summary>Says the same with the field placed inside an outer one: <c>risks[0]</c> and <c>level</c> become
    /// <c>risks[0].level</c>.</summary>
    /// <param name="outer">Path of the outer field.</param>
    public Refusal Within(string outer) =>
        new(Code, Message, Field is null ? outer : $"{outer}.{Field}", LocalDetail);

    /// <summary>Returns the code and the field, nothing else, so that a stray log line tells no more.</summary>
    public override string ToString() => Field is null ? CodeText : $"{CodeText} {Field}";
}
