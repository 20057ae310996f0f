namespace CbssReturn.Exchange.Directory;

/// <summary>What may be taken from an identity key (docs/spec/directory.md, section 3). Numbers are those of the proto.
/// </summary>
public enum DirectoryKeyState
{
    /// <summary>Never used: <c>default</c> is not a state.</summary>
    Unspecified = 0,

    /// <summary>In force.</summary>
    Active = 1,

    /// <summary>Replaced in good order: packets made until then count for 14 days more.</summary>
    Retired = 2,

    /// <summary>Lost or stolen: nothing new is accepted, whatever its date.</summary>
    Revoked = 3,
}
