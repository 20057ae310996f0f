namespace CbssReturn.Node.Setup;

/// <summary>What was made for a new node; its JSON form is what scripts read.</summary>
/// <param name="NodeId">Its id, 32 hex digits.</param>
/// <param name="ConfigFile">Path of the configuration.</param>
/// <param name="EntryFile">Path of the entry for the directory.</param>
/// <param name="TokenFile">Path of the first administrator's token, mode 0600.</param>
internal sealed record NodeSetupResult(string NodeId, string ConfigFile, string EntryFile, string TokenFile);
