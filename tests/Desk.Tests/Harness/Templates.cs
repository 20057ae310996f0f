using CbssReturn.Exchange.Directory;
using CbssReturn.Storage.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace CbssReturn.Desk.Tests.Harness;

/// <summary>Databases in which each member has made its keys and learned those of the others; copied for every test,
/// because making them again each time would take most of the run.</summary>
internal static class Templates
{
    private static readonly DirectoryInfo Folder = Directory.CreateTempSubdirectory("cbss-desk-templates-");
    private static readonly SemaphoreSlim Gate = new(1);
    private static bool _isMade;

    static Templates() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Folder.Delete(recursive: true);

    public static async Task CopyAsync(Member member, string path)
    {
        await Gate.WaitAsync();
        try
        {
            if (!_isMade)
            {
                await MakeAsync();
                _isMade = true;
            }
        }
        finally
        {
            Gate.Release();
        }

        File.Copy(PathOf(member), path);
    }

    private static string PathOf(Member member) => Path.Combine(Folder.FullName, member.Id.ToString(), "node.db");

    private static async Task MakeAsync()
    {
        var time = new FakeTimeProvider(TestNetwork.Start);
        Member[] members = [Member.Origin, Member.Receiver, Member.Third];
        var nodes = new List<TestNode>();
        foreach (var member in members)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(member))!);
            var directory = new CurrentDirectory(Member.Root.Public, time);
            Assert.True(directory.Apply(TestNetwork.Sign(1, time, members.Select(TestNetwork.EntryOf))).IsOk);
            var store = (await SqliteNodeStore.OpenAsync(PathOf(member), time)).Value;
            nodes.Add(new TestNode(member, PathOf(member), store, directory, time));
        }

        foreach (var node in nodes)
        {
            await node.Services.Keys.EnsureAsync(default);
        }

        foreach (var node in nodes)
        {
            foreach (var other in nodes.Where(other => other != node))
            {
                var published = await other.Services.Keys.PublishedAsync(0, default);
                Assert.True((await node.Services.Keys.LearnAsync(other.Id, published, default)).IsOk);
            }
        }

        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
    }
}
