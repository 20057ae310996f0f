namespace CbssReturn.Auditor.Configuration;

/// <summary>The certificate with which nodes are called.</summary>
internal sealed class IdentityOptions
{
    /// <summary>Certificate, a PEM file.</summary>
    public required string Certificate { get; init; }

    /// <summary>Its key, a PEM file with mode 0600.</summary>
    public required string Key { get; init; }
}
