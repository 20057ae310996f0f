namespace CbssReturn.Bench.Delivery;

/// <summary>Packets a second of one payload size.</summary>
/// <param name="PayloadSizeBytes">Size of the section.</param>
/// <param name="WireSizeBytes">Size of the envelope.</param>
/// <param name="Packets">How many were counted.</param>
/// <param name="Queued">Sealed and durably queued, called at the desk 16 at a time.</param>
/// <param name="Through">From the first call at the desk to the last receipt, all phases at once.</param>
/// <param name="Delivered">Delivery alone: opened, durably stored, receipted, settled.</param>
internal sealed record DeliveryResult(
    int PayloadSizeBytes, int WireSizeBytes, int Packets, double Queued, double Through, double Delivered);
