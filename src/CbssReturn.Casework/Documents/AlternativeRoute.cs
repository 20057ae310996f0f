namespace CbssReturn.Casework.Documents;

/// <summary>A way other than the embassy.</summary>
/// <param name="Route">Which; never <see cref="DocumentRoute.Embassy"/>.</param>
/// <param name="Status">Where it stands.</param>
public sealed record AlternativeRoute(DocumentRoute Route, RouteStatus Status);
