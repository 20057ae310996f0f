using CbssReturn.Desk.Users;
using CbssReturn.Exchange.Directory;
using CbssReturn.Sealing;
using CbssReturn.Storage;
using CbssReturn.Storage.Sqlite;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>One node: a real keystore, a real store in a folder of its own, all use cases.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly string _path;
    private readonly CurrentDirectory _directory;
    private readonly TimeProvider _time;

    public TestNode(
        Member member, string path, SqliteNodeStore store, CurrentDirectory directory, TimeProvider time)
    {
        (Member, _path, _directory, _time) = (member, path, directory, time);
        Keys = member.Keys;
        (Store, Audit) = (WatchedStore.Around(store), store);
        Caseworker = Act(Role.Caseworker);
        Services = NewServices();
    }

    public Member Member { get; }

    public NodeId Id => Member.Id;

    public KeyRing Keys { get; private set; }

    /// <summary>Where the keystore lies, once it is one of this test's own.</summary>
    public string KeystorePath => _path + ".keystore";

    public INodeStore Store { get; private set; }

    /// <summary>Where all files of the node lie.</summary>
    public string Folder => Path.GetDirectoryName(_path)!;  // it has one

    public IAuditStore Audit { get; private set; }

    /// <summary>What the store was told since the node started, and when it is to fail.</summary>
    public WatchedStore Watched => (WatchedStore)(object)Store;

    public NodeServices Services { get; private set; }

    public CurrentDirectory Directory => _directory;

    public RefusalLog Log { get; } = new();

    public Actor Caseworker { get; }

    public Actor Act(Role role) => new(RowId.New(_time), role);

    /// <summary>Stops the node and starts it again on what it stored.</summary>
    public async Task RestartAsync()
    {
        await DisposeAsync();
        await OpenAsync();
    }

    /// <summary>Copies the database of the node while it stands still, as a backup does.</summary>
    /// <returns>The copies, the database first.</returns>
    public async Task<IReadOnlyList<string>> SaveAsync()
    {
        await DisposeAsync();
        var files = System.IO.Directory.GetFiles(Path.GetDirectoryName(_path)!, Path.GetFileName(_path) + "*");
        var copies = files.Select(file => file + ".copy").ToList();
        foreach (var (file, copy) in files.Zip(copies))
        {
            File.Copy(file, copy);
        }

        await OpenAsync();
        return copies;
    }

    /// <summary>Puts a copy back in place of the database, and starts the node on it.</summary>
    public async Task RestoreAsync(IReadOnlyList<string> copies)
    {
        await DisposeAsync();
        foreach (var file in System.IO.Directory.GetFiles(Path.GetDirectoryName(_path)!, Path.GetFileName(_path) + "*"))
        {
            if (!copies.Contains(file))
            {
                File.Delete(file);
            }
        }

        foreach (var copy in copies)
        {
            File.Copy(copy, copy[..^".copy".Length]);
        }

        await OpenAsync();
    }

    /// <summary>As <see cref="RestartAsync"/>, on a keystore of this test's own: a copy of the member's, or what lies
    /// in its place by now.</summary>
    public async Task RestartOnOwnKeystoreAsync()
    {
        if (!File.Exists(KeystorePath))
        {
            Member.CopyKeystore(KeystorePath);
        }

        Keys = Member.Open(KeystorePath);
        await RestartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Services.Dispose();
        await Store.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var store = (await SqliteNodeStore.OpenAsync(_path, _time)).Value;
        (Store, Audit) = (WatchedStore.Around(store), store);
        Services = NewServices();
        await Services.Keys.EnsureAsync(default);
    }

    private NodeServices NewServices() => new(
        new NodeContext(Id, Keys, Store, Audit, _directory, _time, Member.LogOrigin), Log);
}
