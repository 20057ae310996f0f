using CbssReturn.Storage.Tests.Contract;

namespace CbssReturn.Storage.Tests.Sqlite;

/// <summary>The contract, kept by the embedded store.</summary>
public sealed class SqliteNodeStoreTests : NodeStoreContract, IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<INodeStore> OpenEmptyAsync() => await _folder.OpenAsync();
}
