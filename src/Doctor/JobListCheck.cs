namespace Aios.Doctor;

/// <summary>The job list: is it there, and is it right?</summary>
internal sealed class JobListCheck : ICheck
{
    public string Name => "job list";

    public Finding Look(ExaminationInput setUp) =>
        setUp.List switch
        {
            null => Finding.Problem(
                $"there is no folder {setUp.Settings.JobsFolder}",
                "Make an example home with `aios init`, or name another with --home."
            ),
            { Errors: [var first, ..] errors } => Finding.Problem(
                errors.Length == 1 ? first.ToString() : $"{errors.Length} mistakes; the first: {first}",
                "`aios jobs validate` lists every mistake; AIOS does not start until they are fixed."
            ),
            { Jobs.IsEmpty: true } => Finding.Note(
                "it names no job",
                "Write one into Jobs/jobs.yaml; `aios jobs schema` says what can be written."
            ),
            { Warnings: [var first, ..] warnings } list => Finding.Note(
                $"{list.CountInWords}, {warnings.Length} of its lines doubtful; the first: {first}",
                "`aios jobs validate` names them all."
            ),
            var list => Finding.Ok(list.CountInWords),
        };
}
