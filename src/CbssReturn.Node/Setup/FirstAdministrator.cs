using CbssReturn.Desk;
using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Directory;
using CbssReturn.Node.Configuration;
using CbssReturn.Outcomes;
using CbssReturn.Sealing;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Node.Setup;

/// <summary>Adds the user who adds all others.</summary>
internal static class FirstAdministrator
{
    private const string Alias = "administrator";

    /// <summary>Makes the database and adds the first administrator.</summary>
    /// <returns>The token, or what opening the database refuses.</returns>
    public static async Task<Result<string>> AddAsync(
        NodeConfiguration configuration, KeyRing keys, TimeProvider time, CancellationToken ct)
    {
        if (!(await SqliteNodeStore.OpenAsync(configuration.StorePath, time)).TryGet(out var store, out var refusal))
        {
            return refusal;
        }

        await using (store)
        {
            // No directory counts during the set-up, whoever would sign it.
            var directory = new CurrentDirectory(keys.Identity.Public, time);
            var node = new NodeContext(
                configuration.NodeId, keys, store, store, directory, time, configuration.LogOrigin);
            var added = await new ManageUsers(node).AddAsync(null, Alias, Role.NodeAdministrator, ct);
            return added.Then<string>(user => user.Token);
        }
    }
}
