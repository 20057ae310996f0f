using CbssReturn.Storage.Changes;
using CbssReturn.Storage.Sqlite;
using CbssReturn.Storage.Tests;

// The second process of tests that need one: "hold PATH" keeps a store open until standard input closes, "write PATH"
// stores packets from many tasks and writes the row id of each one that was acknowledged, until it is killed.
if (args is not [var verb, var path])
{
    return 2;
}

await using var store = (await SqliteNodeStore.OpenAsync(path, TimeProvider.System)).Value;
if (verb == "hold")
{
    await Console.Out.WriteLineAsync("open");
    await Console.In.ReadToEndAsync();
    return 0;
}

await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
{
    while (true)
    {
        var row = Sample.Received();
        await store.CommitAsync(Sample.Transaction(new AddReceived(row, Sample.Bytes(16500))), default);
        lock (Console.Out)
        {
            Console.Out.WriteLine(row.RowId);
        }
    }
})));
return 0;
