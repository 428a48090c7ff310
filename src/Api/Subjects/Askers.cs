using Aios.Access;
using Aios.Api.Routes;
using Aios.Control.Flows;
using Aios.Platform;
using Aios.Store.Audit;

namespace Aios.Api.Subjects;

/// <summary>The person behind a request.</summary>
internal static class Askers
{
    /// <summary>Who asks; the key file is read by nobody but the user who runs the daemon.</summary>
    public static Actor Of(ApiRequest request) =>
        request.Principal.Name == KeyFile.Holder ? new Actor($"user {LocalUser.Name}", request.Actor.Origin) : request.Actor;

    /// <summary>The same as somebody who decides.</summary>
    public static Decider DeciderOf(ApiRequest request) => new(Of(request), RoleNames.UpTo(request.Principal.Role));
}
