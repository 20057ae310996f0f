namespace CbssReturn.Conformance.Cases;

/// <summary>How a field is spelled. Each kind has one spelling.</summary>
internal enum FieldKind
{
    /// <summary>A string of lower-case hexadecimal digits, two a byte.</summary>
    Hex,

    /// <summary>An array of such strings.</summary>
    HexList,

    /// <summary>A whole number from 0 to 2^64 - 1, written without sign, fraction or exponent.</summary>
    Number,

    /// <summary>A string.</summary>
    Text,
}
