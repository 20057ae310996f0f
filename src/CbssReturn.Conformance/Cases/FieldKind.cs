namespace CbssReturn.Conformance.Cases;

/// <summary>How a field is spelled. Each kind has one spelling.</summary>
internal enum FieldKind
{
    /// <summary>A string of lower-case hexadecimal digits, two a byte.</summary>
    Hex,

    /// <summary>An array of such strings.</summary>
    HexList,

    /// <summary>A string of canonical base64 with padding; audit operations keep this spelling of their vectors.
    /// </summary>
    Base64,

    /// <summary>An array of such strings.</summary>
    Base64List,

    /// <summary>A whole number from 0 to 2^64 - 1, written without sign, fraction or exponent.</summary>
    Number,

    /// <summary>A whole number from -2^63 to 2^63 - 1, written without fraction or exponent. For sizes and indexes, of
    /// which a negative one is refused and not unreadable.</summary>
    Integer,

    /// <summary>A string.</summary>
    Text,

    /// <summary>An array of strings.</summary>
    TextList,
}
