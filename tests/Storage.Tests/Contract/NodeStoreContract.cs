namespace CbssReturn.Storage.Tests.Contract;

/// <summary>What every store must do, whatever lies beneath. A store's tests derive from it and say how to open one.
/// </summary>
public abstract partial class NodeStoreContract : IAsyncLifetime
{
    private INodeStore? _store;

    private protected INodeStore Store => _store ?? throw new InvalidOperationException("Not opened yet.");

    private protected IAuditStore Log => (IAuditStore)Store;

    public async Task InitializeAsync() => _store = await OpenEmptyAsync();

    public async Task DisposeAsync() => await Store.DisposeAsync();

    /// <summary>Opens a store without any row.</summary>
    protected abstract Task<INodeStore> OpenEmptyAsync();
}
