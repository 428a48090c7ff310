namespace Aios.Jobs;

/// <summary>What a file's <c>defaults</c> say, read once and laid under each of its jobs.</summary>
internal sealed record JobDefaults(Job Values, GivenFields Given)
{
    public static readonly JobDefaults None = new(new Job { Name = "" }, new GivenFields());

    /// <summary>
    /// The job with those defaults that it does not give itself and that fit it. Those that belong to a different
    /// type, or would contradict the job's own fields, are left out without a word: they are meant for other jobs.
    /// </summary>
    public Job Under(Job job, GivenFields own, bool isTypeKnown, JobFields fields)
    {
        foreach (var field in fields.All.Where(Given.Has))
        {
            if (own.Has(field) || own.HasRivalOf(field))
                continue;
            if ((isTypeKnown && !field.BelongsTo(job.Schedule.Kind)) || !fields.Fits(field, job))
                continue;

            var with = fields.IsOfKind(field) ? ReadAnew(field, job) : field.Copy(Values, job);
            if (!field.DefaultFits(with))
                continue;

            job = with;
            own.AddDefault(field);
        }

        return job;
    }

    // The defaults may have fields of several kinds, of which a schedule, work or place holds those of one.
    private Job ReadAnew(JobField field, Job job)
    {
        if (Given.Entry(field) is { } entry)
            field.TryRead(entry.Value, new Reporter(new ProblemList(), ""), ref job);
        return job;
    }
}
