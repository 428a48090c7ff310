namespace Aios.Store.Notices;

/// <summary>Something that somebody is to be told.</summary>
/// <param name="Id">Its number; receivers tell by it what they were told twice.</param>
/// <param name="JobName">Of which job.</param>
/// <param name="Event">The word for what has happened.</param>
/// <param name="Channel">Tells the job's channels apart, without saying where they lead.</param>
/// <param name="Created">When it happened, UTC.</param>
/// <param name="Message">What is told, JSON.</param>
/// <param name="Attempts">How often it was tried to tell it.</param>
internal sealed record Notice(long Id, string JobName, string Event, string Channel, DateTimeOffset Created, string Message, int Attempts);
