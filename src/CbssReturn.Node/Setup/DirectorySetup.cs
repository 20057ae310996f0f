using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Files;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;

namespace CbssReturn.Node.Setup;

/// <summary>Makes and changes directories, for the holder of the root key (docs/spec/directory.md, section
/// 5).</summary>
internal static class DirectorySetup
{
    /// <summary>Life of a directory when nothing else is asked for, in days.</summary>
    public const int DaysDefault = 90;

    /// <summary>Signs the nodes of entry files as the next version.</summary>
    /// <param name="rootFolder">Where the root key is.</param>
    /// <param name="entryPaths">The entry files, one a node.</param>
    /// <param name="outPath">Where the directory goes; the version there, when there is one, is the one before.</param>
    /// <param name="version">The version; null for the next one.</param>
    /// <param name="auditor">Node id of the auditor of those that name none; null for none.</param>
    /// <param name="now">The moment.</param>
    /// <param name="days">Life in days.</param>
    /// <returns>The version, or a refusal.</returns>
    public static Result<ulong> Sign(
        string rootFolder,
        IReadOnlyList<string> entryPaths,
        string outPath,
        ulong? version,
        string? auditor,
        DateTimeOffset now,
        int days)
    {
        NodeId? checks = null;
        if (auditor is not null)
        {
            if (!NodeId.Parse(auditor).TryGet(out var id, out var malformed))
            {
                return malformed.Within("auditor");
            }

            checks = id;
        }

        var nodes = new List<DirectoryNode>();
        foreach (var path in entryPaths)
        {
            var read = PrivateFiles.ReadPublic(path, DirectoryEntryFile.SizeBytesMax)
                .Then(content => DirectoryEntryFile.Read(content));
            if (!read.TryGet(out var node, out var refusal))
            {
                return refusal.Within(Path.GetFileName(path));
            }

            nodes.Add(node.Log is { HomeAuditor: null } log
                ? node with { Log = log with { HomeAuditor = checks } }
                : node);
        }

        return WithRoot(rootFolder, root =>
        {
            if (!File.Exists(outPath))
            {
                return Write(root, outPath, version ?? 1, now, days, nodes);
            }

            return Read(root, outPath).Then(
                before => Write(root, outPath, version ?? before.Version + 1, now, days, nodes));
        });
    }

    /// <summary>Signs the same nodes again as the next version, with one of them suspended or reinstated.</summary>
    /// <returns>The version, or a refusal; <see cref="RefusalCode.NotFound"/> for a node that is not there.</returns>
    public static Result<ulong> SetSuspended(
        string rootFolder, string path, NodeId node, bool isSuspended, DateTimeOffset now, int days) =>
        WithRoot(rootFolder, root => Read(root, path).Then(before => before.TryFind(node, out _)
            ? Write(root, path, before.Version + 1, now, days, before.Nodes.Select(
                entry => entry.Id == node ? entry with { IsSuspended = isSuspended } : entry))
            : new Refusal(RefusalCode.NotFound, "There is no such node in the directory.", "node")));

    private static Result<ulong> WithRoot(string folder, Func<SigningKey, Result<ulong>> use)
    {
        if (!DirectoryRoot.ReadKey(folder).TryGet(out var root, out var refusal))
        {
            return refusal;
        }

        using (root)
        {
            return use(root);
        }
    }

    private static Result<NodeDirectory> Read(SigningKey root, string path) =>
        PrivateFiles.ReadPublic(path, NodeDirectory.SizeBytesMax)
            .Then(content => NodeDirectory.Read(content, root.Public));

    private static Result<ulong> Write(
        SigningKey root, string path, ulong version, DateTimeOffset now, int days, IEnumerable<DirectoryNode> nodes) =>
        DirectoryWriter.Sign(root, version, now, now.AddDays(days), nodes)
            .Then(content => PrivateFiles.Write(path, content))
            .Then<ulong>(_ => version);
}
