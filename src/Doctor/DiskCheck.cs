namespace Aios.Doctor;

/// <summary>Is there room on the disk that holds the database?</summary>
internal sealed class DiskCheck : ICheck
{
    private const double Megabyte = 1e6;
    private const double Least = 64 * Megabyte;
    private const double Comfortable = 1000 * Megabyte;

    public string Name => "disk";

    public Finding Look(ExaminationInput setUp)
    {
        var disk = new DriveInfo(setUp.DatabaseFolder);
        var figure = $"{disk.AvailableFreeSpace / 1e9:0.0} of {disk.TotalSize / 1e9:0.0} GB free in {setUp.DatabaseFolder}";
        return disk.AvailableFreeSpace switch
        {
            < (long)Least => Finding.Problem(figure, "Make room: where the disk is full, no run starts."),
            < (long)Comfortable => Finding.Note(figure, "It will be full soon: make room, or keep less history."),
            _ => Finding.Ok(figure),
        };
    }
}
