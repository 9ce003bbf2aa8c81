package pylon

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"
)

const trainingTypeFiles = "files"

func trainingRoutes() []Route {
	return []Route{
		restRead("/training-data", perMinuteMany, restListTrainingData),
		restWrite(http.MethodPost, "/training-data", perMinuteFew, restCreateTrainingData),
		restUpload("/training-data/upload", perMinuteFew, restUploadTrainingFiles),
		restWrite(http.MethodPost, "/training-data/upload-content", perMinuteFew, restUploadTrainingContent),
		restRead("/training-data/{id}", perMinuteMany, restGetTrainingData),
		{Method: http.MethodDelete, Pattern: "/training-data/{id}/documents", PerMinute: perMinuteFew, run: restDeleteTrainingDocuments},
	}
}

func restListTrainingData(o *Organization, _ noParams) (any, error) {
	return restData(o.library.trainingData.all())
}

func (o *Organization) findTrainingData(id string) (*trainingData, error) {
	return o.library.trainingData.find("Training data", id)
}

func restGetTrainingData(o *Organization, p idParams) (any, error) {
	found, err := o.findTrainingData(string(p.ID))
	if err != nil {
		return nil, err
	}
	return restData(found)
}

// trainingParams name the training data that a write is for: an existing one by
// id, else a new one.
type trainingParams struct {
	ID         string `param:"training_data_id"`
	Name       string `param:"training_data_name"`
	Visibility string `param:"visibility"`
}

func (p trainingParams) check() error {
	legal := []string{"everyone", "user_only", "ai_agent_only"}
	if p.Visibility != "" && !slices.Contains(legal, p.Visibility) {
		return notOneOf("visibility", p.Visibility, legal)
	}
	return nil
}

func (o *Organization) addTrainingData(p trainingParams) *trainingData {
	now := o.timestamp()
	created := &trainingData{
		ID: o.newID("training-data"), Name: cmp.Or(p.Name, "Untitled"), Type: trainingTypeFiles, Visibility: cmp.Or(p.Visibility, "everyone"),
		Documents: []trainingDocument{}, CreatedAt: now, UpdatedAt: now,
	}
	o.library.trainingData.add(created.ID, created)
	return created
}

type createTrainingParams struct {
	Name       string `param:"training_data_name"`
	Visibility string `param:"visibility"`
}

func restCreateTrainingData(o *Organization, p createTrainingParams) (any, error) {
	fresh := trainingParams{Name: p.Name, Visibility: p.Visibility}
	if err := fresh.check(); err != nil {
		return nil, err
	}
	return restData(o.addTrainingData(fresh))
}

// trainingFile is a file on its way in.
type trainingFile struct {
	name, externalID string
	size             int64
}

func (o *Organization) upload(p trainingParams, files []trainingFile) (any, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	var to *trainingData
	if p.ID == "" {
		to = o.addTrainingData(p)
	} else {
		var err error
		if to, err = o.findTrainingData(p.ID); err != nil {
			return nil, err
		}
	}
	for _, file := range files {
		to.put(trainingDocument{
			ID: o.newID("training-document"), FileName: file.name, FileType: fileType(file.name), FileSize: file.size, ExternalID: nonEmpty(&file.externalID),
		})
	}
	to.UpdatedAt = o.timestamp()
	return restData(to)
}

// put adds a document, in place of the one with the same external id.
func (t *trainingData) put(d trainingDocument) {
	d.S3Key = "training-data/" + t.ID + "/" + d.ID
	kept := slices.DeleteFunc(slices.Clone(t.Documents), func(old trainingDocument) bool {
		return old.ExternalID != nil && d.ExternalID != nil && *old.ExternalID == *d.ExternalID
	})
	t.Documents = append(kept, d)
}

// fileType is the extension of a file's name, without the dot.
func fileType(name string) string {
	return cmp.Or(strings.TrimPrefix(strings.ToLower(path.Ext(name)), "."), "txt")
}

type uploadContentParams struct {
	trainingParams

	Content    string `param:"content,required"`
	FileName   string `param:"file_name"`
	ExternalID string `param:"external_id"`
}

func restUploadTrainingContent(o *Organization, p uploadContentParams) (any, error) {
	file := trainingFile{name: cmp.Or(p.FileName, "content.txt"), externalID: p.ExternalID, size: int64(len(p.Content))}
	return o.upload(p.trainingParams, []trainingFile{file})
}

func restUploadTrainingFiles(o *Organization, req Request) (any, error) {
	if req.Form == nil {
		return nil, badRequest("the body must be multipart/form-data")
	}
	sent := req.Form.File["files"]
	if len(sent) == 0 {
		return nil, badRequest("files is required")
	}
	names, ids := req.Form.Value["file_names"], req.Form.Value["external_ids"]
	if len(names) > 0 && len(names) != len(sent) {
		return nil, badRequest("file_names must have one entry for each of the %d files", len(sent))
	}
	if len(ids) > 0 && len(ids) != len(sent) {
		return nil, badRequest("external_ids must have one entry for each of the %d files", len(sent))
	}
	files := make([]trainingFile, 0, len(sent))
	for i, header := range sent {
		file := trainingFile{name: header.Filename, size: header.Size}
		if len(names) > 0 {
			file.name = names[i]
		}
		if len(ids) > 0 {
			file.externalID = ids[i]
		}
		files = append(files, file)
	}
	first := func(name string) string { return append(slices.Clone(req.Form.Value[name]), "")[0] }
	return o.upload(trainingParams{ID: first("training_data_id"), Name: first("training_data_name"), Visibility: first("visibility")}, files)
}

// documentsDeleted counts what was there; documents that are not are no error.
type documentsDeleted struct {
	DeletedCount int64 `json:"deleted_count"`
}

// restDeleteTrainingDocuments takes its selection from repeated query keys.
func restDeleteTrainingDocuments(o *Organization, req Request) (any, error) {
	ids, externalIDs := req.Query["document_ids"], req.Query["external_ids"]
	if len(ids)+len(externalIDs) == 0 {
		return nil, badRequest("document_ids or external_ids is required")
	}
	found, err := o.findTrainingData(req.Path["id"])
	if err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(slices.Clone(found.Documents), func(d trainingDocument) bool {
		return slices.Contains(ids, d.ID) || d.ExternalID != nil && slices.Contains(externalIDs, *d.ExternalID)
	})
	deleted := len(found.Documents) - len(kept)
	if deleted > 0 {
		found.Documents, found.UpdatedAt = kept, o.timestamp()
	}
	return documentsDeleted{DeletedCount: int64(deleted)}, nil
}
