namespace CbssReturn.Storage.Rows;

/// <summary>How far a packet is on its way out. Numbers stand in the database and never change.</summary>
public enum OutboxState : byte
{
    /// <summary>Waits to leave, or is being sent: then a lease says by whom and until when.</summary>
    Queued = 1,

    /// <summary>The recipient signed that it is stored.</summary>
    Delivered = 2,

    /// <summary>The recipient signed that it was refused.</summary>
    Refused = 3,

    /// <summary>The recipient signed that it holds another packet under this id.</summary>
    Conflict = 4,

    /// <summary>Given up after its time; a person must act.</summary>
    Undelivered = 5,

    /// <summary>Taken back before it left.</summary>
    Cancelled = 6,
}
