namespace CbssReturn.Node.Hosting;

/// <summary>Leaves signals to the process: two hosts must not both stop at once on SIGTERM, each in its own order.
/// </summary>
internal sealed class ManualLifetime : IHostLifetime
{
    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
