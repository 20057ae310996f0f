namespace CbssReturn.Node.Certificates;

/// <summary>When a certificate counts.</summary>
/// <param name="NotBefore">First moment.</param>
/// <param name="NotAfter">Last moment.</param>
internal readonly record struct CertificatePeriod(DateTimeOffset NotBefore, DateTimeOffset NotAfter)
{
    /// <summary>How far a new certificate is backdated, so that a peer whose clock is a little behind takes
    /// it.</summary>
    public static readonly TimeSpan Backdating = TimeSpan.FromMinutes(10);

    /// <summary>A period that begins now.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="days">Length in days.</param>
    public static CertificatePeriod From(DateTimeOffset now, int days) => new(now - Backdating, now.AddDays(days));
}
