namespace CbssReturn.Cli.Desk;

/// <summary>Where a desk is, and who calls.</summary>
/// <param name="SocketPath">Path of the Unix domain socket.</param>
/// <param name="Token">The user's token; null for none, which the desk refuses.</param>
internal sealed record DeskAddress(string SocketPath, string? Token)
{
    /// <summary>Returns the path only.</summary>
    public override string ToString() => SocketPath;
}
