namespace CbssReturn.Node.Endpoints;

/// <summary>What the exchange endpoint is run with.</summary>
/// <param name="EnvelopeTimeout">Time for the rest of an envelope once its first frame is there.</param>
/// <param name="Time">The clock.</param>
/// <param name="Log">The log.</param>
/// <param name="Stopping">Ends streams in good order and refuses new calls.</param>
internal sealed record ExchangeEndpointOptions(
    TimeSpan EnvelopeTimeout, TimeProvider Time, ILogger Log, CancellationToken Stopping);
