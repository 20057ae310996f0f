namespace CbssReturn.Conformance.Cases;

/// <summary>One field of an operation's input.</summary>
/// <param name="Name">Its name, in snake_case.</param>
/// <param name="Kind">How it is spelled.</param>
/// <param name="Choice">Null for a field that must be there; else exactly one of the fields with the same choice must
/// be.</param>
internal sealed record Field(string Name, FieldKind Kind, string? Choice = null)
{
    /// <summary>A required field of bytes.</summary>
    public static Field Hex(string name) => new(name, FieldKind.Hex);

    /// <summary>A required field of bytes in base64.</summary>
    public static Field Base64(string name) => new(name, FieldKind.Base64);

    /// <summary>A required number with a sign.</summary>
    public static Field Integer(string name) => new(name, FieldKind.Integer);

    /// <summary>A required text.</summary>
    public static Field Text(string name) => new(name, FieldKind.Text);

    /// <summary>A required list of texts.</summary>
    public static Field TextList(string name) => new(name, FieldKind.TextList);

    /// <summary>A required number.</summary>
    public static Field Number(string name) => new(name, FieldKind.Number);
}
