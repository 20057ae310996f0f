namespace CbssReturn.Conformance.Cases;

/// <summary>The fields of one case, read and known to be those that the operation asks for.</summary>
internal sealed class CaseInput(IReadOnlyDictionary<string, object> fields)
{
    /// <summary>Whether a field of a choice is the one that is there.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>A field of bytes, of any size.</summary>
    public byte[] Bytes(string name) => (byte[])fields[name];

    /// <summary>A list of bytes.</summary>
    public byte[][] List(string name) => (byte[][])fields[name];

    /// <summary>A number.</summary>
    public ulong Number(string name) => (ulong)fields[name];

    /// <summary>A number with a sign.</summary>
    public long Integer(string name) => (long)fields[name];

    /// <summary>A text.</summary>
    public string Text(string name) => (string)fields[name];

    /// <summary>A list of texts.</summary>
    public string[] Texts(string name) => (string[])fields[name];
}
