namespace Aios.Jobs;

/// <summary>What a file's <c>defaults</c> say, read once and laid under each of its jobs.</summary>
internal sealed record JobDefaults(Job Values, GivenFields Given)
{
    public static readonly JobDefaults None = new(new Job { Name = "", Type = JobType.Trigger }, new GivenFields());

    /// <summary>
    /// The job with those defaults that it does not give itself and that fit it. Those that belong to a different
    /// type, or would contradict the job's own fields, are left out without a word: they are meant for other jobs.
    /// </summary>
    public Job Under(Job job, GivenFields own, bool isTypeKnown)
    {
        foreach (var field in JobFields.All.Where(Given.Has))
        {
            if (own.Has(field) || own.HasRivalOf(field)) continue;
            if (isTypeKnown && !field.BelongsTo(job.Type)) continue;

            var with = field.Copy(Values, job);
            if (!field.DefaultFits(with)) continue;

            job = with;
            own.AddDefault(field);
        }

        return job;
    }
}
