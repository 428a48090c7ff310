namespace Aios.Jobs;

/// <summary>How somebody is told.</summary>
internal enum NoticeTransport
{
    /// <summary>A POST with the notice as JSON.</summary>
    Webhook,

    /// <summary>A POST as Slack, Mattermost and others take it.</summary>
    Slack,

    /// <summary>A program is started.</summary>
    Command,

    /// <summary>A mail.</summary>
    Email,
}
