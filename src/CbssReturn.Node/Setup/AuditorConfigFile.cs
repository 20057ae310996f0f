using System.Text.Json;
using System.Text.Json.Serialization;
using CbssReturn.Desk.Audit;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>Writes <c>auditor.json</c>, with which <c>cbss-auditor watch</c> of a focal point starts, from what a
/// signed directory says. Every key in it comes out of the directory, so that nobody copies keys by hand.</summary>
internal static class AuditorConfigFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    /// <summary>Writes the file.</summary>
    /// <param name="directoryPath">The signed directory.</param>
    /// <param name="rootPath">The public key that signs it.</param>
    /// <param name="auditor">The focal point's node, which holds the mirrors and is read.</param>
    /// <param name="certificate">Certificate to call with, a PEM file.</param>
    /// <param name="key">Its key, a PEM file.</param>
    /// <param name="outPath">The file; mode 0600, replaced when it is there.</param>
    /// <param name="now">The moment.</param>
    /// <returns>How many logs are watched; or a refusal of the directory or the files,
    /// <see cref="RefusalCode.DirectoryExpired"/>, <see cref="RefusalCode.NotFound"/> when the node is not there, is
    /// suspended, has no endpoint, or audits no log.</returns>
    public static Result<int> Write(
        string directoryPath,
        string rootPath,
        NodeId auditor,
        string certificate,
        string key,
        string outPath,
        DateTimeOffset now)
    {
        var read = DirectoryRoot.ReadPublic(rootPath).Then(root =>
            PrivateFiles.ReadPublic(directoryPath, NodeDirectory.SizeBytesMax)
                .Then(content => NodeDirectory.Read(content, root)));
        if (!read.TryGet(out var directory, out var refusal))
        {
            return refusal;
        }

        if (directory.ExpiresAt <= now)
        {
            return new Refusal(RefusalCode.DirectoryExpired, "The directory has ended.", "directory");
        }

        if (!directory.TryFind(auditor, out var self) || self.IsSuspended || self.Endpoint is null)
        {
            return new Refusal(
                RefusalCode.NotFound, "There is no such node in the directory that can be called.", "auditor");
        }

        var config = Make(directory, self, certificate, key);
        if (config.Logs.Count == 0)
        {
            return new Refusal(RefusalCode.NotFound, "The node audits no log.", "auditor");
        }

        return PrivateFiles.Write(outPath, [.. JsonSerializer.SerializeToUtf8Bytes(config, Json), (byte)'\n'])
            .Then<int>(_ => config.Logs.Count);
    }

    // The auditor's node holds what is pushed to it, also of nodes that nobody can call; its own log it has anyway.
    private static Config Make(NodeDirectory directory, DirectoryNode self, string certificate, string key)
    {
        var withLog = directory.Nodes.Where(node => node.Log is not null).ToList();
        var watched = withLog.Where(node => node.Id == self.Id || node.Log!.IsAuditor(self.Id)).ToList();
        return new Config(
            new Identity(certificate, key),
            [
                .. watched.Select(node => new Log(
                    node.Log!.LogKey.ToString(),
                    PlaceOf(self)!,  // asked for its endpoint before
                    node.Log.Awake is { } awake
                        ? new Awake(awake.FromMinute, awake.UntilMinute, awake.Weekdays)
                        : null)),
            ],
            [
                .. withLog.Except(watched).Select(node => new Other(
                    node.Log!.Origin,
                    directory.Auditors(node.Log)
                        .Select(id => directory.TryFind(id, out var holder) ? PlaceOf(holder) : null)
                        .FirstOrDefault(place => place is not null))),
            ],
            [.. directory.Witnesses().Select(witness => witness.Key.ToString())],
            self.Log?.WitnessKey is { } own
                ? new Witness(self.Endpoint!.ToString()!, [.. self.Pins.Select(pin => pin.ToString())], own.ToString())
                : null,
            [
                .. directory.Nodes
                    .Where(node => node.Id != self.Id && !node.IsSuspended && node.Log?.WitnessKey is not null)
                    .Select(PlaceOf)
                    .OfType<Place>(),
            ]);
    }

    private static Place? PlaceOf(DirectoryNode node) => node.Endpoint is { } endpoint && !node.IsSuspended
        ? new Place(endpoint.ToString()!, [.. node.Pins.Select(pin => pin.ToString())])
        : null;

    private sealed record Config(
        Identity Identity,
        IReadOnlyList<Log> Logs,
        IReadOnlyList<Other> OtherLogs,
        IReadOnlyList<string> Witnesses,
        Witness? OwnWitness,
        IReadOnlyList<Place> Gossip);

    private sealed record Identity(string Certificate, string Key);

    private sealed record Log(string Key, Place Source, Awake? Awake);

    private sealed record Other(string Origin, Place? Tags);

    private sealed record Place(string Endpoint, IReadOnlyList<string> Pins);

    private sealed record Awake(int FromMinute, int UntilMinute, int Weekdays);

    private sealed record Witness(string Endpoint, IReadOnlyList<string> Pins, string Key);
}
