using CbssReturn.Casework.Services;

namespace CbssReturn.Casework.Referrals;

/// <summary>Whether one service can be given.</summary>
/// <param name="Service">Which service.</param>
/// <param name="Status"><see cref="ServiceStatus.Offered"/> or <see cref="ServiceStatus.Unavailable"/>.</param>
public sealed record ServiceAnswer(ServiceKind Service, ServiceStatus Status);
